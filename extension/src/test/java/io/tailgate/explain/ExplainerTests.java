/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import static io.tailgate.explain.InventedRun.FAST;
import static io.tailgate.machine.CounterReader.INVOLUNTARY_SWITCHES;
import static io.tailgate.machine.CounterReader.MAJOR_FAULTS;
import static io.tailgate.machine.CounterReader.MINOR_FAULTS;
import static io.tailgate.machine.CounterReader.VOLUNTARY_SWITCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailgate.measure.Measurement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTests {

    private static final BalancingEvidence OFF = new BalancingEvidence("0", 0, false);
    private static final int EVERY = 20; // so 50 of 1,000 are slow
    private static final int SLOW = 50;

    private final InventedRun run = new InventedRun().slow(EVERY, 20 * FAST);

    @Nested
    class Causes {

        @Test
        void hintingFaultsAsManyAsTheSlowIterationsFaultsAreNumaBalancing() {
            run.counting(MINOR_FAULTS, EVERY, 4_000);
            CauseShare cause = only(run, new BalancingEvidence("1", 210_000, false));
            assertThat(cause.cause()).isEqualTo(Cause.NUMA_BALANCING);
            assertThat(cause.slowIterations()).isEqualTo(SLOW);
            assertThat(cause.share()).isOne();
            assertThat(cause.evidence()).contains("4000.0 minor faults", "0.00 in the rest", "210,000", "coincident");
        }

        @ParameterizedTest
        @CsvSource({"0, 210000", ", 210000", "1, 50000"})
        void theSameFaultsAreFirstTouchWhereBalancingCannotHaveMadeThem(@Nullable String balancing, long hintFaults) {
            run.counting(MINOR_FAULTS, EVERY, 4_000);
            assertThat(only(run, new BalancingEvidence(balancing, hintFaults, false))
                            .cause())
                    .isEqualTo(Cause.FIRST_TOUCH);
        }

        @Test
        void majorFaultsComeFirst() {
            run.counting(MINOR_FAULTS, EVERY, 4_000).counting(MAJOR_FAULTS, EVERY, 3);
            assertThat(only(run, new BalancingEvidence("1", 210_000, false)).cause())
                    .isEqualTo(Cause.MAJOR_FAULT);
        }

        @Test
        void aCollectionComesBeforeTheFaultsAndSwitchesThatItMakes() {
            run.collecting(EVERY).counting(MINOR_FAULTS, EVERY, 4_000).counting(VOLUNTARY_SWITCHES, EVERY, 1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.GC);
        }

        @Test
        void involuntarySwitchesArePreemption() {
            run.counting(INVOLUNTARY_SWITCHES, EVERY, 2).counting(VOLUNTARY_SWITCHES, EVERY, 1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.PREEMPTION);
        }

        @Test
        void aWaitForACpuThatAccountsForTheTimeIsPreemptionHoweverOftenTheRestIsSwitched() {
            run.counting(INVOLUNTARY_SWITCHES, 1, 1).waiting(EVERY, 19 * FAST);
            CauseShare cause = only(run, OFF);
            assertThat(cause.cause()).isEqualTo(Cause.PREEMPTION);
            assertThat(cause.evidence()).contains("each waited 19.00 ms on average");
        }

        @Test
        void aShortWaitExplainsNoLongIteration() {
            run.waiting(EVERY, FAST / 100);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void oneInvoluntarySwitchIsNothingWhereTheKernelKnowsHowShortTheWaitWas() {
            run.counting(INVOLUNTARY_SWITCHES, 13, 1).counting(INVOLUNTARY_SWITCHES, EVERY, 1);
            run.waiting(EVERY, FAST / 100);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void oneInvoluntarySwitchIsPreemptionWhereTheRestSeldomHasOne() {
            run.counting(INVOLUNTARY_SWITCHES, 13, 1).counting(INVOLUNTARY_SWITCHES, EVERY, 1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.PREEMPTION);
        }

        @Test
        void oneInvoluntarySwitchIsNothingWhereTheRestOftenHasOneOrTheTimeIsTooLong() {
            run.counting(INVOLUNTARY_SWITCHES, 3, 1).counting(INVOLUNTARY_SWITCHES, EVERY, 1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
            InventedRun longer = new InventedRun().slow(EVERY, 100 * FAST).counting(INVOLUNTARY_SWITCHES, EVERY, 1);
            longer.counting(INVOLUNTARY_SWITCHES, 13, 1);
            assertThat(only(longer, OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void voluntarySwitchesAreBlockingWithWhatIsKnownOfCollections() {
            run.counting(VOLUNTARY_SWITCHES, EVERY, 1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.BLOCKING);
            assertThat(only(run, OFF).evidence()).contains("no collection ended");
            assertThat(only(run.withoutCollections(), OFF).evidence()).contains("cannot be seen");
        }

        @Test
        void blockingIsNotSaidToBeWithoutCollectionsWhereSomeEnded() {
            run.counting(VOLUNTARY_SWITCHES, EVERY, 1).collecting(1);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.BLOCKING);
            assertThat(only(run, OFF).evidence())
                    .doesNotContain("no collection ended")
                    .contains("collections were not raised: 1.0 an iteration", "1.00 in the rest");
        }

        @Test
        void switchesOfTheWholeProcessAreOnlyCoincident() {
            run.counting(INVOLUNTARY_SWITCHES, EVERY, 2).countingTheProcess();
            assertThat(only(run, OFF).evidence()).contains("coincident");
        }

        @Test
        void eachSlowIterationHasItsOwnAndTheMostFrequentIsFirst() {
            run.counting(VOLUNTARY_SWITCHES, 2 * EVERY, 1).counting(INVOLUNTARY_SWITCHES, 4 * EVERY, 1);
            Explanation explanation = Explainer.explain(run.measurement(), OFF);
            assertThat(explanation.causes())
                    .extracting(CauseShare::cause, CauseShare::slowIterations)
                    .containsExactly(
                            tuple(Cause.UNEXPLAINED, 25L), tuple(Cause.PREEMPTION, 13L), tuple(Cause.BLOCKING, 12L));
            assertThat(explanation.causes().stream()
                            .mapToDouble(CauseShare::share)
                            .sum())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Refutations {

        @ParameterizedTest
        @CsvSource({"0, 1", "1, 1", "2, 1", "3, 1", "0, 4000", "2, 50"})
        void whatHappensInEveryIterationIsNotBlamed(int field, int growth) {
            run.counting(field, 1, growth);
            assertThat(only(run, new BalancingEvidence("1", 4_000_000, false)).cause())
                    .isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void collectionsInEveryIterationAreNotBlamed() {
            assertThat(only(run.collecting(1), OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @ParameterizedTest
        @CsvSource({"0", "2", "3"})
        void whatGrowsOnlyWithTheLengthOfTheIterationIsNotBlamed(int field) {
            run.counting(field, 1, 5).counting(field, EVERY, 5 * 20);
            assertThat(only(run.countingTheProcess(), OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void fewerFaultsThanCouldTakeTheTimeAreNotBlamed() {
            run.counting(MINOR_FAULTS, EVERY, 94); // 19 ms lost
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.UNEXPLAINED);
            run.counting(MINOR_FAULTS, EVERY, 96);
            assertThat(only(run, OFF).cause()).isEqualTo(Cause.FIRST_TOUCH);
        }

        @Test
        void faultsAreNotToldApartWhereHintingFaultsCannotBeRead() {
            run.counting(MINOR_FAULTS, EVERY, 4_000);
            CauseShare untold = only(run, new BalancingEvidence("1", -1, false));
            assertThat(untold.cause()).isEqualTo(Cause.UNEXPLAINED);
            assertThat(untold.evidence()).contains("4000.0 minor faults", "cannot be read");
            assertThat(only(run, new BalancingEvidence("0", -1, false)).cause()).isEqualTo(Cause.FIRST_TOUCH);
        }

        @Test
        void faultsOfAShieldedProcessAreNotBlamedOnTheHostsHintingFaults() {
            run.counting(MINOR_FAULTS, EVERY, 4_000);
            CauseShare cause = only(run, new BalancingEvidence("1", 210_000, true));
            assertThat(cause.cause()).isEqualTo(Cause.UNEXPLAINED);
            assertThat(cause.evidence()).contains("4000.0 minor faults", "memory policy", "210,000");
            assertThat(only(run, new BalancingEvidence("1", 50_000, true)).cause())
                    .isEqualTo(Cause.FIRST_TOUCH);
            assertThat(only(run, new BalancingEvidence("1", -1, true)).cause()).isEqualTo(Cause.UNEXPLAINED);
        }

        @Test
        void aShieldedProcessIsStillAskedForCollections() {
            run.counting(MINOR_FAULTS, EVERY, 4_000).collecting(EVERY);
            assertThat(only(run, new BalancingEvidence("1", 210_000, true)).cause())
                    .isEqualTo(Cause.GC);
        }

        @Test
        void faultsOfFastIterationsAreNotBlamedForTheSlow() {
            run.counting(MINOR_FAULTS, 7, 4_000).counting(MINOR_FAULTS, EVERY, 0);
            assertThat(only(run, new BalancingEvidence("1", 4_000_000, false)).cause())
                    .isEqualTo(Cause.UNEXPLAINED);
        }
    }

    @Nested
    class Slow {

        @Test
        void isTwiceTheMedianWhereThatIsTheTail() {
            Explanation explanation = Explainer.explain(run.measurement(), OFF);
            assertThat(explanation.slowThresholdNs()).isEqualTo(2 * FAST);
            assertThat(explanation.slow()).isEqualTo(SLOW);
        }

        @Test
        void isTheLastPercentWhereFewerAreSoSlow() {
            Measurement mild = new InventedRun().slow(EVERY, 3 * FAST / 2).measurement();
            Explanation explanation = Explainer.explain(mild, OFF);
            assertThat(explanation.slowThresholdNs()).isEqualTo(3 * FAST / 2);
            assertThat(explanation.slow()).isEqualTo(SLOW);
        }

        @Test
        void isNothingThatLiesNearTheMedian() {
            Measurement calm = new InventedRun().slow(EVERY, FAST * 12 / 10).measurement();
            assertThat(Explainer.explain(calm, OFF).slow()).isZero();
            assertThat(Explainer.explain(calm, OFF).causes()).isEmpty();
            assertThat(Explainer.explain(calm, OFF).contrasts()).isEmpty();
        }
    }

    @Test
    void contrastsEachCounterInTheSlowIterationsWithTheRest() {
        run.counting(MINOR_FAULTS, 1, 2).counting(MINOR_FAULTS, EVERY, 4_000).counting(VOLUNTARY_SWITCHES, EVERY, 1);
        assertThat(Explainer.explain(run.measurement(), OFF).contrasts())
                .containsExactly(
                        new CounterContrast("minor faults", 4_000, 2),
                        new CounterContrast("major faults", 0, 0),
                        new CounterContrast("voluntary context switches", 1, 0),
                        new CounterContrast("involuntary context switches", 0, 0));
    }

    @Test
    void explainsNothingWithoutCounters() {
        Explanation explanation = Explainer.explain(run.withoutCollections().withoutCounters(), OFF);
        assertThat(explanation.contrasts()).isEmpty();
        assertThat(explanation.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.cause()).isEqualTo(Cause.UNEXPLAINED);
            assertThat(cause.evidence()).isEqualTo("no counters were read");
        });
    }

    private static CauseShare only(InventedRun run, BalancingEvidence balancing) {
        Explanation explanation = Explainer.explain(run.measurement(), balancing);
        assertThat(explanation.causes()).hasSize(1);
        return explanation.causes().get(0);
    }
}
