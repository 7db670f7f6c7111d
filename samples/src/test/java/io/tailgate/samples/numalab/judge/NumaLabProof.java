/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The claims of the NUMA lab, on what one boot of its two-node guest has left; see {@code samples/numa-lab/proof}.
 *
 * <p>Verdicts of the gate are claimed of most repetitions, since the guest shares its CPUs with whatever else the host
 * does. What the kernel counts, which protection was had and where pages and threads were is claimed of every one.
 */
@ExtendWith({ResultsParameter.class, ScenarioTable.class})
class NumaLabProof {

    private static final int MOST = Results.REPETITIONS / 2 + 1;
    private static final long MANY_HINTING_FAULTS = 10_000;

    @Nested
    @Tag("a")
    class UnguardedWithBalancingOn {

        @Test
        void failsTheGateInMostRepetitions(Results results) {
            assertThat(unguarded(results))
                    .extracting(Report::verdict)
                    .satisfies(verdicts -> assertMost("FAIL", verdicts));
        }

        @Test
        void showsTenThousandHintingFaultsInEveryWindow(Results results) {
            assertThat(unguarded(results))
                    .allSatisfy(report -> assertThat(report.hintFaults()).isGreaterThanOrEqualTo(MANY_HINTING_FAULTS));
        }

        @Test
        void hasItsMinorFaultsInTheSlowIterations(Results results) {
            // a host with much else to do makes others slow as well, which in one window may leave two in a hundred
            // slow
            assertThat(unguarded(results))
                    .extracting(Report::minorFaultsInSlowIterations)
                    .allSatisfy(share -> assertThat(share).isGreaterThanOrEqualTo(0.75))
                    .filteredOn(share -> share >= 0.9)
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        @Test
        void hasBalancingOnToItsEnd(Results results) {
            assertThat(results.sessions("unguarded")).allMatch(session -> session.leftBalancingOn(0));
        }

        /** Or the gate might have failed for another reason. */
        @Test
        void hasItsSlowestIterationFullOfMinorFaults(Results results) {
            assertThat(unguarded(results))
                    .extracting(report -> report.slowest().get(0).minorFaults())
                    .allSatisfy(faults -> assertThat(faults).isGreaterThanOrEqualTo(1_000));
        }

        @Test
        void isExplainedByNumaBalancing(Results results) {
            assertThat(unguarded(results))
                    .allSatisfy(report -> assertThat(report.causeNames()).contains("NUMA_BALANCING"));
        }
    }

    @Nested
    @Tag("b")
    class GuardedAsRoot {

        @Test
        void passesTheGateInMostRepetitions(Results results) {
            assertThat(guarded(results))
                    .extracting(Report::verdict)
                    .satisfies(verdicts -> assertMost("PASS", verdicts));
        }

        @Test
        void hasBalancingSwitchedOffForTheHost(Results results) {
            assertThat(guarded(results)).allSatisfy(report -> {
                assertThat(report.protection().tier()).isEqualTo("SYSCTL");
                assertThat(report.protection().balancingDuring()).isEqualTo("0");
            });
        }

        @Test
        void showsNoHintingFaultInAnyWindow(Results results) {
            assertThat(guarded(results)).extracting(Report::hintFaults).containsOnly(0L);
        }

        @Test
        void isDisturbedByNothing(Results results) {
            assertThat(guarded(results))
                    .extracting(report -> report.protection().disturbance())
                    .containsOnlyNulls();
        }

        @Test
        void leavesBalancingAsItWasAfterEachTest(Results results) {
            assertThat(results.events("root", "GuardedStreamingTest")).allSatisfy(event -> {
                assertThat(event.balancingBefore()).isEqualTo("1");
                assertThat(event.balancingAfter()).isEqualTo("1");
            });
        }

        @Test
        void leavesBalancingAsItWasAtTheEnd(Results results) {
            assertThat(results.session("root")).matches(session -> session.leftBalancingOn(0), "left balancing on");
        }

        @Test
        void shortensTheTail(Results results) {
            assertThat(median(guarded(results))).isLessThan(median(unguarded(results)));
        }

        private static double median(List<Report> reports) {
            return reports.stream().mapToDouble(Report::tail).sorted().toArray()[reports.size() / 2];
        }

        private static List<Report> guarded(Results results) {
            return results.reports("root", "GuardedStreamingTest");
        }
    }

    @Nested
    @Tag("c")
    class GuardedAsAnOrdinaryUser {

        private static final int NOBODY = 65_534;
        private static final long FEW_HINTING_FAULTS = 20;
        private static final double SHARE_OF_UNGUARDED = 0.03;

        @ParameterizedTest
        @ValueSource(strings = {"user-launcher", "user-sweep"})
        void passesTheGateInMostRepetitions(String session, Results results) {
            assertThat(guarded(session, results))
                    .extracting(Report::verdict)
                    .satisfies(verdicts -> assertMost("PASS", verdicts));
        }

        @Test
        void hasAPolicyOfTheWholeProcessWithTheLauncher(Results results) {
            assertThat(guarded("user-launcher", results))
                    .extracting(report -> report.protection().tier())
                    .containsOnly("POLICY_PROCESS");
        }

        @Test
        void hasAPolicyOnEachMappingWithoutTheLauncher(Results results) {
            assertThat(guarded("user-sweep", results))
                    .extracting(report -> report.protection().tier())
                    .containsOnly("POLICY_SWEEP");
        }

        @ParameterizedTest
        @ValueSource(strings = {"user-launcher", "user-sweep"})
        void showsHardlyAHintingFaultInAnyWindow(String session, Results results) {
            double share = SHARE_OF_UNGUARDED * leastHintFaults(results);
            assertThat(guarded(session, results))
                    .extracting(Report::hintFaults)
                    .allSatisfy(faults ->
                            assertThat((double) faults).isLessThanOrEqualTo(Math.min(FEW_HINTING_FAULTS, share)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"user-launcher", "user-sweep"})
        void leavesBalancingOnAllTheTime(String session, Results results) {
            assertThat(guarded(session, results))
                    .extracting(report -> report.protection().balancingDuring())
                    .containsOnly("1");
            assertThat(results.session(session)).matches(jvm -> jvm.leftBalancingOn(NOBODY), "left balancing on");
        }

        private static List<Report> guarded(String session, Results results) {
            return results.reports(session, "GuardedStreamingTest");
        }
    }

    @Nested
    @Tag("d")
    class WhatDoesNotHelp {

        private static final long STILL_MANY = 1_000;
        private static final double SHARE_OF_UNGUARDED = 0.1;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CpusPinnedStreamingTest",
                    "MemoryLockedStreamingTest",
                    "BoundWithBalancingStreamingTest",
                    "OneThreadPolicyStreamingTest"
                })
        void stillShowsManyHintingFaults(String test, Results results) {
            double share = SHARE_OF_UNGUARDED * leastHintFaults(results);
            Report control = results.report(test);
            assertThat((double) control.hintFaults()).isGreaterThanOrEqualTo(Math.max(STILL_MANY, share));
            assertThat(control.protection().balancingDuring()).isEqualTo("1");
            assertThat(results.session(test)).matches(session -> session.leftBalancingOn(0), "left balancing on");
        }
    }

    @Nested
    @Tag("e")
    class PlacedOnNode1 {

        private static final String BOUND = "BoundToNode1StreamingTest";
        private static final String PREFERRED = "PreferredNode1StreamingTest";
        private static final String INTERLEAVED = "InterleavedStreamingTest";

        @ParameterizedTest
        @ValueSource(strings = {BOUND, PREFERRED})
        void hasItsPagesOnThatNode(String test, Results results) {
            assertThat(results.placements(test))
                    .allSatisfy(placement -> assertThat(placement.shareOn(1)).isGreaterThanOrEqualTo(0.99));
        }

        @Test
        void hasItsPagesOnBothNodesWhenInterleaved(Results results) {
            assertThat(results.placements(INTERLEAVED))
                    .allSatisfy(placement -> assertThat(Stream.of(0, 1).map(placement::shareOn))
                            .allSatisfy(share -> assertThat(share).isCloseTo(0.5, within(0.05))));
        }

        @ParameterizedTest
        @ValueSource(strings = {BOUND, PREFERRED, INTERLEAVED})
        void countsEveryPageOfTheWeights(String test, Results results) {
            assertThat(results.placements(test))
                    .allSatisfy(placement -> assertThat(placement.pages())
                            .isGreaterThanOrEqualTo(placement.weightPages())
                            .isPositive());
        }

        @ParameterizedTest
        @ValueSource(strings = {BOUND, PREFERRED, INTERLEAVED})
        void hasItsThreadsOnThatNodesCpus(String test, Results results) {
            assertThat(results.placements(test)).allSatisfy(placement -> {
                assertThat(placement.nodeCpus())
                        .isNotEqualTo("0-" + (results.guest().cpus() - 1));
                assertThat(placement.threads()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(placement.astray()).isEmpty();
            });
        }
    }

    @Nested
    @Tag("f")
    class KilledWhileGuarded {

        private static final long SOON_MS = 500;

        @Test
        void hadBalancingSwitchedOff(Results results) {
            assertThat(results.kills()).extracting(Kill::balancingAtKill).containsOnly("0");
        }

        @Test
        void hasBalancingBackSoonAndForGood(Results results) {
            assertThat(results.kills()).allSatisfy(kill -> {
                assertThat(kill.restoredMs()).isNotNull().isLessThanOrEqualTo(SOON_MS);
                assertThat(kill.balancingAfter()).isEqualTo("1");
            });
        }
    }

    private static List<Report> unguarded(Results results) {
        return results.reportsOfJvms("unguarded", Results.PACKAGE + "UnguardedStreamingTest");
    }

    private static long leastHintFaults(Results results) {
        return unguarded(results).stream().mapToLong(Report::hintFaults).min().orElseThrow();
    }

    private static void assertMost(String wanted, List<? extends String> verdicts) {
        assertThat(verdicts).as("verdicts").filteredOn(wanted::equals).hasSizeGreaterThanOrEqualTo(MOST);
    }
}
