/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTests {

    private static final ArrivalRate FIXED = new ArrivalRate("200/s", 5e6, false, 1);
    private static final ArrivalRate POISSON = new ArrivalRate("200/s poisson", 5e6, true, 1);

    @Test
    void hasTheSameGapEverywhere() {
        assertThat(starts(FIXED, 4)).containsExactly(0, 5_000_000, 10_000_000, 15_000_000);
    }

    @Test
    void doesNotAddUpTheRestOfAGapThatIsNoWholeNumber() {
        ArrivalRate third = new ArrivalRate("3/s", 1e9 / 3, false, 1);
        assertThat(starts(third, 3_000_001)[3_000_000]).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void hasExponentialGapsOfTheMeanAskedFor() {
        long[] starts = starts(POISSON, 100_000);
        double[] gaps = LongStream.range(1, starts.length)
                .mapToDouble(i -> starts[(int) i] - starts[(int) i - 1])
                .sorted()
                .toArray();
        double standardError = 5e6 / Math.sqrt(gaps.length);
        assertThat(Arrays.stream(gaps).average().orElseThrow()).isCloseTo(5e6, within(4 * standardError));
        assertThat(gaps[gaps.length / 2]).isCloseTo(5e6 * Math.log(2), within(4 * standardError));
        assertThat(gaps[gaps.length * 99 / 100]).isCloseTo(5e6 * Math.log(100), within(40 * standardError));
    }

    @Test
    void isTheSameForTheSameSeedOnly() {
        assertThat(starts(POISSON, 100)).isEqualTo(starts(POISSON, 100));
        assertThat(starts(POISSON, 100)).isNotEqualTo(starts(new ArrivalRate("", 5e6, true, 2), 100));
    }

    @Test
    void hasNoTwoStartsAtOnce() {
        long[] starts = starts(new ArrivalRate("10000/ms poisson", 100, true, 1), 100_000);
        assertThat(starts).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void countsWhatIsDueWithinTheTime() {
        assertThat(due(FIXED, 0, Duration.ofSeconds(1))).isEqualTo(200); // the 201st is due when it is over
        assertThat(due(FIXED, 50, Duration.ofSeconds(1))).isEqualTo(50);
        assertThat(due(FIXED, 300, Duration.ofSeconds(1))).isEqualTo(200);
        assertThat(due(POISSON, 0, Duration.ofSeconds(100))).isBetween(19_400, 20_600);
        assertThat(due(POISSON, 0, Duration.ofNanos(1))).isOne();
    }

    private static int due(ArrivalRate rate, int iterations, Duration atMost) {
        return Schedule.due(new SamplingPlan(iterations, 0, atMost, 1), rate, iterations == 0 ? 1_000_000 : iterations);
    }

    private static long[] starts(ArrivalRate rate, int n) {
        Schedule schedule = new Schedule(rate);
        return LongStream.generate(schedule::nextNs).limit(n).toArray();
    }
}
