/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times nothing with Tailgate, JMH and JUnitPerf, in turn and again, in one process and on one CPU; as often as the
 * property {@code self.noise.repetitions} says. Prints the table and writes it, and every repetition, beside the reports.
 */
final class SelfNoise {

    private static final int REPETITIONS = Integer.getInteger("self.noise.repetitions", 15);

    private SelfNoise() {}

    public static void main(String[] arguments) throws Exception {
        Path output = Path.of(System.getProperty("tailgate.output.dir"));
        QuietCpu.occupy();
        String load = loadAverage();
        List<Harness> harnesses =
                List.of(new TailgateHarness(output), new BareLoopHarness(), new JmhHarness(), new JUnitPerfHarness());
        List<Repetitions> results = harnesses.stream().map(Repetitions::of).toList();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            for (int i = 0; i < harnesses.size(); i++) {
                int turn = (repetition + i) % harnesses.size(); // nobody is always behind the same
                results.get(turn).add(harnesses.get(turn));
            }
        }
        write(output, load, results);
    }

    private static void write(Path output, String load, List<Repetitions> results) throws IOException {
        String title = String.format(
                Locale.ROOT,
                "empty body, median (least - most) of %d repetitions, CPU %s, Java %s, load average %s before, %s after",
                REPETITIONS,
                QuietCpu.chosen(),
                Runtime.version(),
                load,
                loadAverage());
        String table = new NoiseTable(results).toMarkdown();
        System.out.printf("%s%n%n%s", title, table);
        Files.writeString(output.resolve("self-noise.md"), title + "\n\n" + table);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", title);
        json.put("harnesses", results);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(output.resolve("self-noise.json").toFile(), json);
    }

    private static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }
}
