/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results as a guest leaves them when every claim holds, made by hand, to be broken one fact at a time. */
final class GreenResults {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> CONTROLS = List.of(
            "CpusPinnedStreamingTest",
            "MemoryLockedStreamingTest",
            "BoundWithBalancingStreamingTest",
            "OneThreadPolicyStreamingTest");

    private final Path folder;

    GreenResults(Path folder) {
        this.folder = folder;
        write("guest.json", "{'kernel': '6.12', 'nodes': 2, 'cpus': 2}");
        write("root/session.json", session(0));
        repeat(n -> write("unguarded-" + n + "/session.json", session(0)));
        repeat(n -> write(
                "unguarded-" + n + "/" + Results.PACKAGE + "UnguardedStreamingTest/inference.json",
                report("FAIL", "OBSERVE_ONLY", "1", 20_000)));
        reports("root", "GuardedStreamingTest", report("PASS", "SYSCTL", "0", 0));
        CONTROLS.forEach(control -> write(control + "/session.json", session(0)));
        CONTROLS.forEach(control -> write(
                control + "/" + Results.PACKAGE + control + "/inference.json",
                report("FAIL", "OBSERVE_ONLY", "1", 15_000)));
        write(
                "root/events.jsonl",
                String.join(
                        "\n",
                        IntStream.rangeClosed(1, 3)
                                .mapToObj(GreenResults::event)
                                .toList()));
        placements("BoundToNode1StreamingTest", 0, 1_000);
        placements("PreferredNode1StreamingTest", 0, 1_000);
        placements("InterleavedStreamingTest", 500, 500);
        for (String user : List.of("user-launcher", "user-sweep")) {
            String tier = user.equals("user-launcher") ? "POLICY_PROCESS" : "POLICY_SWEEP";
            write(user + "/session.json", session(65_534));
            reports(user, "GuardedStreamingTest", report("PASS", tier, "1", 3));
        }
        repeat(n -> write(
                "kill-" + n + "/facts.json", "{'balancingAtKill': '0', 'restoredMs': 12, 'balancingAfter': '1'}"));
    }

    /** Returns the files, relative to their folder. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Gives the field at {@code pointer} another value. */
    void change(String file, String pointer, String value) throws IOException {
        JsonNode root = JSON.readTree(folder.resolve(file).toFile());
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, last))).set(pointer.substring(last + 1), JSON.readTree(value));
        JSON.writeValue(folder.resolve(file).toFile(), root);
    }

    private void reports(String session, String test, String report) {
        repeat(n -> write(session + "/io.tailgate.samples.numalab." + test + "/inference-" + n + ".json", report));
    }

    private void placements(String test, long onNode0, long onNode1) {
        String thread = "{'name': 'worker', 'cpus': '1', 'ranOn': [1]}";
        String placement =
                "{'pagesByNode': {'0': %d, '1': %d}, 'weightPages': 990, 'threads': [%s, %s], 'nodeCpus': '1'}"
                        .formatted(onNode0, onNode1, thread, thread);
        repeat(n -> write("root/placement-" + test + "-" + n + ".json", placement));
    }

    private static String session(int user) {
        return "{'uid': %d, 'exitStatus': 0, 'balancingBefore': '1', 'balancingAfter': '1', 'jvms': 1}".formatted(user);
    }

    private static String event(int repetition) {
        return ("{'class': 'GuardedStreamingTest', 'test': 'repetition %d of 3', 'status': 'SUCCESSFUL', 'message': null,"
                        + " 'balancingBefore': '1', 'balancingAfter': '1'}")
                .formatted(repetition);
    }

    /** Of 500 iterations 10 are slow; of its faults 95 % lie in these. */
    private static String report(String verdict, String tier, String balancing, long faults) {
        return """
                {'verdict': '%s', 'iterations': 500, 'latencyNs': {'p50': 7000000, 'max': %d},
                 'bounds': [{'verdict': '%s'}], 'slowest': [{'minorFaults': 9000}],
                 'protection': {'tier': '%s', 'reason': 'by hand', 'balancingDuring': '%s', 'hintFaults': %d,
                                'disturbance': null},
                 'slow': {'iterations': 10}, 'causes': [{'cause': 'NUMA_BALANCING'}],
                 'contrasts': [{'counter': 'minor faults', 'slowMean': 931, 'restMean': 1}]}""".formatted(
                        verdict, verdict.equals("FAIL") ? 200_000_000 : 20_000_000, verdict, tier, balancing, faults);
    }

    private static void repeat(IntConsumer one) {
        IntStream.rangeClosed(1, Results.REPETITIONS).forEach(one);
    }

    private void write(String file, String json) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
