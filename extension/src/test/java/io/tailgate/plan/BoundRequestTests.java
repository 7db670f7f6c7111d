/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundRequestTests {

    @Test
    void makesABoundOfEachLimit() {
        assertThat(new BoundRequest(99.9, 3, 2, "5 ms", 0.95, 4).bounds(1, 1))
                .containsExactly(
                        new LatencyBound(99.9, new Limit.TimesMedian(3), 0.95, 4),
                        new LatencyBound(99.9, new Limit.TimesMean(2), 0.95, 4),
                        new LatencyBound(99.9, new Limit.AtMost(Duration.ofMillis(5)), 0.95, 4));
    }

    @Test
    void scalesEveryLimit() {
        assertThat(new BoundRequest(99, 3, 2, "5 ms", 0.95, 1).bounds(1.5, 1))
                .extracting(LatencyBound::limit)
                .containsExactly(
                        new Limit.TimesMedian(4.5),
                        new Limit.TimesMean(3),
                        new Limit.AtMost(Duration.ofNanos(7_500_000)));
    }

    @Test
    void asksForALimit() {
        refused(new BoundRequest(99, 0, 0, "", 0.99, 1), "no limit is given; set timesMedian, timesMean or atMost");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, 101, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPercentileThatIsNone(double percentile) {
        refused(new BoundRequest(percentile, 3, 0, "", 0.99, 1), "percentile = " + percentile + " is out of range");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 99, -0.9, Double.NaN})
    void refusesAConfidenceThatIsNone(double confidence) {
        refused(new BoundRequest(99, 3, 0, "", confidence, 1), "confidence = " + confidence + " is out of range");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3, 0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAMultipleOfTheMedianThatNothingCanMeet(double factor) {
        refused(new BoundRequest(99, factor, 0, "", 0.99, 1), "timesMedian = " + factor + " is out of range");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAMultipleOfTheMeanThatIsNone(double factor) {
        refused(new BoundRequest(99, 0, factor, "", 0.99, 1), "timesMean = " + factor + " is out of range");
    }

    @Test
    void takesAMultipleBelowOneBelowTheMedian() {
        assertThat(new BoundRequest(10, 0.9, 0, "", 0.99, 1).bounds(1, 1)).hasSize(1);
        assertThat(new BoundRequest(100, 1, 0, "", 0.99, 1).bounds(1, 1)).hasSize(1);
    }

    @Test
    void refusesABurstOfNothing() {
        refused(new BoundRequest(99, 3, 0, "", 0.99, 0), "burst = 0 is out of range");
    }

    private static void refused(BoundRequest request, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.bounds(1, 1))
                .withMessageStartingWith(message);
    }
}
