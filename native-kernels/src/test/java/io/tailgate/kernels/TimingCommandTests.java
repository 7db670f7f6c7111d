/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on a reduced network; of the times it is only asked that they are there and fit together. */
class TimingCommandTests {

    private static final Pattern WIDE_GAP = Pattern.compile(" {2,}");

    private record Ended(int status, String output, String errors) {

        /** Returns the cells of the row that begins so. */
        List<String> row(String name) {
            return output.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .findFirst()
                    .map(line -> WIDE_GAP.splitAsStream(line.strip()).toList())
                    .orElseThrow();
        }
    }

    private static Ended run(String arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = new TimingCommand(
                        new PrintStream(output, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        ResNet152.builder().imageSize(32).widthDivisor(4))
                .run(arguments.split(" ", -1));
        return new Ended(status, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    @Test
    void timesTheWholeNetworkAndEveryShape() {
        Ended ended = run("--precision int8 --batch 2 --iterations 20 --warmup 1");
        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .startsWith("model resnet152, precision int8, algorithm auto, isa ")
                .contains("batch 2, cpus " + CpuList.allowed() + ", iterations 20, warmup 1")
                .contains("GOP/s")
                .contains("whole network, n = 20: min ")
                .contains("p99 needs 100 iterations");
        assertThat(ended.row("conv1")).hasSize(9).startsWith("conv1", "7x7 3->16 @32 s2", "20");
        assertThat(ended.row("conv1").get(6)).as("p99 of 20 times").isEqualTo("-");
        assertThat(ended.row("pool1").get(7)).as("operations of a pool").isEqualTo("-");
        // 35 of the 36 blocks of a stage reduce 256 channels: enough times for a p99
        assertThat(ended.row("res4b1_branch2a and 34 more"))
                .hasSize(9)
                .contains("700")
                .doesNotContain("-");
    }

    @Test
    void saysWhatEachNativeThreadUnderwent() {
        Ended ended = run("--iterations 2 --warmup 0");
        assertThat(ended.output().lines().filter(line -> line.startsWith("CPU ")))
                .hasSize(CpuList.allowed().size())
                .allSatisfy(line -> assertThat(line)
                        .matches("CPU \\d+, thread \\d+: \\d+\\.\\d{3} ms in work, of that \\d+\\.\\d %"
                                + " waiting for other threads; without its CPU .+; \\d+ involuntary switches, \\d+"
                                + " minor faults"));
    }

    @Test
    void timesEveryLayerForItself() {
        Ended ended = run("--layers --iterations 2 --warmup 0");
        assertThat(ended.status()).isZero();
        assertThat(ended.row("res4b35_branch2c")).startsWith("res4b35_branch2c", "1x1 64->256 @2 s1 +sum", "2");
        assertThat(ended.output().lines().filter(line -> line.startsWith("res")))
                .hasSize(154);
        double shares = ended.output()
                .lines()
                .filter(line -> line.contains("@") || line.startsWith("fc"))
                .map(line -> WIDE_GAP.split(line, -1))
                .mapToDouble(cells -> Double.parseDouble(cells[8]))
                .sum();
        assertThat(shares).as("shares of a whole, each rounded to 0.1 %").isBetween(92.0, 108.0);
    }

    @Test
    void writesTheSameFiguresAsJson(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("times.json");
        Ended ended = run("--iterations 3 --warmup 0 --isa portable --algorithm direct --json " + json);
        assertThat(ended.status()).isZero();
        String text = Files.readString(json);
        assertThat(text)
                .contains("\"precision\": \"fp32\", \"algorithm\": \"direct\", \"isa\": \"portable\", \"batch\": 1")
                .contains("\"whole\": {\"n\": 3, \"min_ms\": ")
                .contains("{\"first_layer\": \"conv1\", \"shape\": \"7x7 3->16 @32 s2\", \"layers\": 1, \"share\": 0.")
                .containsPattern(
                        "\"workers\": \\[\\{\"cpu\": \\d+, \"thread_id\": \\d+, \"rounds\": 478, \"busy_ns\": ");
        String times = text.substring(text.indexOf("times_ns"), text.indexOf(']'));
        assertThat(Pattern.compile("\\d{4,}").matcher(times).results())
                .as("a time each run")
                .hasSize(3);
    }

    @Test
    void endsWithSixtyFourWhereAnArgumentIsWrong() {
        Ended ended = run("--batch many");
        assertThat(ended.status()).isEqualTo(64);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).startsWith("time-network: --batch must be a whole number from 1 to 1024");
        assertThat(run("--cpus 100000").errors()).contains("CPU 100000 was asked for, but this thread may use CPUs");
        assertThat(run("--precision int8 --algorithm winograd").status()).isEqualTo(64);
    }

    @Test
    void endsWithOneWhereTheMachineCannot() {
        Ended ended = run("--isa amx --precision fp32"); // AMX multiplies bytes only, on every machine
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).startsWith("time-network: FP32 kernels that need AMX");
    }

    @Test
    void tellsItsUsage() {
        Ended ended = run("--help");
        assertThat(ended.status()).isZero();
        assertThat(ended.output()).startsWith("usage: time-network").contains("--iterations N");
    }
}
