/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The judge, on results that are made by hand. */
class NumaLabProofTests {

    private static final String REPORT = "io.tailgate.samples.numalab.";

    @TempDir
    Path folder;

    @Test
    void isGreenWhereEveryClaimHolds() throws IOException {
        GreenResults green = new GreenResults(folder);
        assertThat(green.files()).isNotEmpty();
        assertThat(broken()).isEmpty();
        assertThat(table()).contains("a  green", "b  green", "c  green", "d  green", "e  green", "f  green");
    }

    @Test
    void saysHowOftenItRanAndWhatWasFound() throws IOException {
        GreenResults green = new GreenResults(folder);
        green.change("kill-2/facts.json", "/restoredMs", "43");
        judge();
        assertThat(table())
                .contains("UnguardedStreamingTest, 3 times: FAIL/FAIL/FAIL, OBSERVE_ONLY, hinting faults 20,000")
                .contains("95 % of minor faults in slow iterations")
                .contains("pages on node 1 50.0 %, threads elsewhere 0")
                .contains("JVM killed, 3 times: restored in 12-43 ms");
    }

    @Test
    void isRedWhereAnyFileIsMissing() throws IOException {
        GreenResults green = new GreenResults(folder);
        for (String file : green.files()) {
            String text = Files.readString(folder.resolve(file));
            Files.delete(folder.resolve(file));
            assertThat(messages()).as("without " + file).isNotEmpty().allMatch(message -> message.contains(file));
            Files.writeString(folder.resolve(file), text);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            unguarded-#/UnguardedStreamingTest/inference.json, 12, /verdict, "PASS", failsTheGateInMostRepetitions
            unguarded-#/UnguardedStreamingTest/inference.json, 3, /protection/hintFaults, 9999, showsTenThousandHintingFaultsInEveryWindow
            unguarded-#/UnguardedStreamingTest/inference.json, 12, /slow/iterations, 4, hasItsMinorFaultsInTheSlowIterations
            unguarded-#/UnguardedStreamingTest/inference.json, 3, /slow/iterations, 1, hasItsMinorFaultsInTheSlowIterations
            unguarded-#/UnguardedStreamingTest/inference.json, 3, /causes, [], isExplainedByNumaBalancing
            unguarded-#/UnguardedStreamingTest/inference.json, 3, /slowest, [{"minorFaults": 5}], hasItsSlowestIterationFullOfMinorFaults
            root/GuardedStreamingTest/inference-#.json, 13, /verdict, "FAIL", passesTheGateInMostRepetitions
            root/GuardedStreamingTest/inference-#.json, 2, /protection/tier, "POLICY_SWEEP", hasBalancingSwitchedOffForTheHost
            root/GuardedStreamingTest/inference-#.json, 2, /protection/balancingDuring, "1", hasBalancingSwitchedOffForTheHost
            root/GuardedStreamingTest/inference-#.json, 1, /protection/hintFaults, 1, showsNoHintingFaultInAnyWindow
            root/GuardedStreamingTest/inference-#.json, 1, /protection/hintFaults, null, showsNoHintingFaultInAnyWindow
            root/GuardedStreamingTest/inference-#.json, 1, /protection/disturbance, "it was on", isDisturbedByNothing
            root/GuardedStreamingTest/inference-#.json, 12, /latencyNs/max, 200000000, shortensTheTail
            user-sweep/GuardedStreamingTest/inference-#.json, 13, /verdict, "INCONCLUSIVE", passesTheGateInMostRepetitions
            user-sweep/GuardedStreamingTest/inference-#.json, 3, /protection/tier, "OBSERVE_ONLY", hasAPolicyOnEachMappingWithoutTheLauncher
            user-launcher/GuardedStreamingTest/inference-#.json, 3, /protection/tier, "POLICY_SWEEP", hasAPolicyOfTheWholeProcessWithTheLauncher
            user-launcher/GuardedStreamingTest/inference-#.json, 3, /protection/hintFaults, 21, showsHardlyAHintingFaultInAnyWindow
            user-sweep/GuardedStreamingTest/inference-#.json, 3, /protection/hintFaults, 21, showsHardlyAHintingFaultInAnyWindow
            user-sweep/GuardedStreamingTest/inference-#.json, 3, /protection/balancingDuring, "0", leavesBalancingOnAllTheTime
            CpusPinnedStreamingTest/CpusPinnedStreamingTest/inference.json, 1, /protection/hintFaults, 1999, stillShowsManyHintingFaults
            MemoryLockedStreamingTest/MemoryLockedStreamingTest/inference.json, 1, /protection/hintFaults, 0, stillShowsManyHintingFaults
            BoundWithBalancingStreamingTest/BoundWithBalancingStreamingTest/inference.json, 1, /protection/hintFaults, 0, stillShowsManyHintingFaults
            OneThreadPolicyStreamingTest/OneThreadPolicyStreamingTest/inference.json, 1, /protection/hintFaults, 0, stillShowsManyHintingFaults
            """, quoteCharacter = '`')
    void isRedByOneBrokenReport(String file, String repetitions, String field, String value, String claim)
            throws IOException {
        GreenResults green = new GreenResults(folder);
        for (int at = 0; at < repetitions.length(); at++) {
            String repetition = repetitions.substring(at, at + 1);
            green.change(file.replace("#", repetition).replaceFirst("/", "/" + REPORT), field, value);
        }
        assertThat(broken()).hasSize(1).first().asString().contains(claim);
        assertThat(table()).containsOnlyOnce("RED");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            root/placement-BoundToNode1StreamingTest-1.json, /pagesByNode/0, 20, hasItsPagesOnThatNode
            root/placement-PreferredNode1StreamingTest-2.json, /pagesByNode/0, 20, hasItsPagesOnThatNode
            root/placement-InterleavedStreamingTest-3.json, /pagesByNode/0, 700, hasItsPagesOnBothNodesWhenInterleaved
            root/placement-InterleavedStreamingTest-3.json, /weightPages, 2000, countsEveryPageOfTheWeights
            root/placement-BoundToNode1StreamingTest-1.json, /threads, [], hasItsThreadsOnThatNodesCpus
            root/placement-BoundToNode1StreamingTest-1.json, /nodeCpus, "0", hasItsThreadsOnThatNodesCpus
            root/session.json, /balancingAfter, "0", leavesBalancingAsItWasAtTheEnd
            root/session.json, /exitStatus, 2, leavesBalancingAsItWasAtTheEnd
            user-launcher/session.json, /uid, 0, leavesBalancingOnAllTheTime
            user-sweep/session.json, /uid, 0, leavesBalancingOnAllTheTime
            kill-1/facts.json, /balancingAtKill, "1", hadBalancingSwitchedOff
            kill-2/facts.json, /restoredMs, 501, hasBalancingBackSoonAndForGood
            kill-3/facts.json, /restoredMs, null, hasBalancingBackSoonAndForGood
            kill-3/facts.json, /balancingAfter, "0", hasBalancingBackSoonAndForGood
            """, quoteCharacter = '`')
    void isRedByOneBrokenFact(String file, String field, String value, String claim) throws IOException {
        new GreenResults(folder).change(file, field, value);
        assertThat(broken()).hasSize(1).first().asString().contains(claim);
    }

    /** Others are compared with it, so that they cannot be judged either. */
    @Test
    void isRedWhereUnguardedFaultsWereNotCounted() throws IOException {
        String report = "unguarded-3/" + REPORT + "UnguardedStreamingTest/inference.json";
        new GreenResults(folder).change(report, "/protection/hintFaults", "null");
        assertThat(broken()).anyMatch(claim -> claim.contains("showsTenThousandHintingFaultsInEveryWindow"));
        assertThat(table()).contains("a  RED", "not counted hinting faults");
    }

    @ParameterizedTest
    @CsvSource({"/iterations, 19", "/bounds, []"})
    void isRedWhereAWindowWasHardlyMeasured(String field, String value) throws IOException {
        String report = "root/" + REPORT + "GuardedStreamingTest/inference-2.json";
        new GreenResults(folder).change(report, field, value);
        assertThat(messages()).isNotEmpty().allMatch(message -> message.contains("proves nothing"));
        assertThat(table()).contains("b  RED");
    }

    @Test
    void isRedWhereOneThreadIsAstray() throws IOException {
        GreenResults green = new GreenResults(folder);
        String file = "root/placement-BoundToNode1StreamingTest-1.json";
        green.change(file, "/threads/0/cpus", "\"0-1\"");
        assertThat(broken()).hasSize(1).first().asString().contains("hasItsThreadsOnThatNodesCpus");
        green.change(file, "/threads/0/cpus", "\"1\"");
        green.change(file, "/threads/0/ranOn", "[0, 1]");
        assertThat(broken()).hasSize(1).first().asString().contains("hasItsThreadsOnThatNodesCpus");
    }

    @Test
    void isRedWhereATestDidNotFinishOrLeftTheSettingChanged() throws IOException {
        GreenResults green = new GreenResults(folder);
        assertThat(green.files()).contains("root/events.jsonl");
        Path events = folder.resolve("root/events.jsonl");
        List<String> lines = Files.readAllLines(events);
        Files.write(events, lines.subList(1, lines.size()));
        assertThat(broken()).containsExactly("leavesBalancingAsItWasAfterEachTest(Results)");
        lines.set(2, lines.get(2).replace("\"balancingAfter\": \"1\"", "\"balancingAfter\": \"0\""));
        Files.write(events, lines);
        assertThat(broken()).containsExactly("leavesBalancingAsItWasAfterEachTest(Results)");
    }

    private List<String> broken() {
        return judge().failed().stream()
                .map(event -> event.getTestDescriptor().getUniqueId().toString().contains("test-template")
                        ? event.getTestDescriptor().getParent().orElseThrow().getDisplayName()
                        : event.getTestDescriptor().getDisplayName())
                .toList();
    }

    private List<String> messages() {
        return judge().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse(""))
                .toList();
    }

    private Events judge() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(NumaLabProof.class))
                .configurationParameter(ResultsParameter.PROPERTY, folder.toString())
                .execute()
                .testEvents();
    }

    private String table() throws IOException {
        return Files.readString(folder.resolve("table.txt"));
    }
}
