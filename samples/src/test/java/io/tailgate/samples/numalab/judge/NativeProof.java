/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The claims of {@code samples/demonstrate-numa-balancing}: the detection at full speed, on this host as it is.
 *
 * <p>What rests on latencies is claimed of most repetitions, and of none on a host so busy that it makes iterations slow
 * by itself; so are the faults of the unguarded window, since the kernel scans by the processor time that a thread has
 * had. What a guard promises is claimed of every repetition.
 */
@ExtendWith({ResultsParameter.class, ScenarioTable.class})
class NativeProof {

    static final String UNGUARDED = "unguarded";
    static final String GUARDED = "guarded";
    private static final int MOST = Results.REPETITIONS / 2 + 1;
    private static final double MANY_HINTING_FAULTS = 10_000;

    /** Of 60 MB, so 15,000 pages, at each scan: what is left of one that had begun before the guard. */
    private static final double HARDLY_ANY = 100;

    private static final double QUIET = 2;

    /** At full speed some thousand faults do not make an iteration slow: 87 to 95 % were seen, 3 to 15 % under guard. */
    private static final double IN_SLOW_ITERATIONS = 0.75;

    /** Returns the test that the JVMs of {@code session} ran. */
    static String test(String session) {
        String name = session.equals(UNGUARDED) ? "UnguardedInferenceTest" : "GuardedInferenceTest";
        return "io.tailgate.samples." + name;
    }

    /** Where something else changes the setting meanwhile, as another test's guard does, nothing is shown. */
    private static List<Report> undisturbed(String session, Results results) {
        List<Report> reports = results.reportsOfJvms(session, test(session));
        assumeThat(reports)
                .extracting(report -> report.protection().disturbance())
                .as("disturbances")
                .containsOnlyNulls();
        return reports;
    }

    /** The kernel's own threads preempt one of two threads in every fifth iteration or so, a busy host several times in each. */
    private static void assumeQuietHost(Results results) {
        double preemptions = undisturbed(GUARDED, results).stream()
                .mapToDouble(Report::preemptions)
                .average()
                .orElseThrow();
        assumeThat(preemptions)
                .as("involuntary context switches in a guarded iteration, on average: this host is too busy")
                .isLessThan(QUIET);
    }

    @Nested
    @Tag(UNGUARDED)
    class Unguarded {

        @Test
        void failsTheGateInMostRepetitions(Results results) {
            assumeQuietHost(results);
            assertThat(reports(results))
                    .filteredOn(report -> report.verdict().equals("FAIL"))
                    .as("windows that failed")
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        @Test
        void showsTenThousandHintingFaultsInMostWindows(Results results) {
            assumeQuietHost(results);
            assertThat(reports(results))
                    .extracting(Report::ownHintFaults)
                    .filteredOn(faults -> faults >= MANY_HINTING_FAULTS)
                    .as("windows with %,.0f hinting faults", MANY_HINTING_FAULTS)
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        @Test
        void hasItsMinorFaultsInTheSlowIterations(Results results) {
            assumeQuietHost(results);
            assertThat(reports(results))
                    .extracting(Report::minorFaultsInSlowIterations)
                    .filteredOn(share -> share >= IN_SLOW_ITERATIONS)
                    .as("windows with %.0f %% of their minor faults in slow iterations", 100 * IN_SLOW_ITERATIONS)
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        @Test
        void isExplainedByNumaBalancing(Results results) {
            assumeQuietHost(results);
            assertThat(reports(results))
                    .filteredOn(report -> report.causeNames().contains("NUMA_BALANCING"))
                    .as("windows with that cause")
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        private static List<Report> reports(Results results) {
            return undisturbed(UNGUARDED, results);
        }
    }

    @Nested
    @Tag(GUARDED)
    class Guarded {

        @Test
        void passesTheGateInMostRepetitions(Results results) {
            assumeQuietHost(results);
            assertThat(reports(results))
                    .filteredOn(report -> report.verdict().equals("PASS"))
                    .as("windows that passed")
                    .hasSizeGreaterThanOrEqualTo(MOST);
        }

        @Test
        void hasBalancingSwitchedOffForTheHost(Results results) {
            assertThat(reports(results)).allSatisfy(report -> {
                assertThat(report.protection().tier()).isEqualTo("SYSCTL");
                assertThat(report.protection().balancingDuring()).isEqualTo("0");
            });
        }

        @Test
        void showsHardlyAHintingFaultInAnyWindow(Results results) {
            assertThat(reports(results))
                    .extracting(Report::ownHintFaults)
                    .allSatisfy(faults -> assertThat(faults).isLessThanOrEqualTo(HARDLY_ANY));
        }

        @Test
        void leavesBalancingAsItWas(Results results) {
            assertThat(reports(results)).isNotEmpty();
            assertThat(results.sessions(GUARDED)).allMatch(session -> session.leftBalancingOn(0));
        }

        private static List<Report> reports(Results results) {
            return undisturbed(GUARDED, results);
        }
    }
}
