/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.measure.Measurement;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyFiguresTests {

    private static Measurement oneTo(int n) {
        return Invented.measurement(
                LongStream.rangeClosed(1, n).map(i -> n + 1 - i).toArray());
    }

    @Test
    void takesTheNearestRank() {
        LatencyFigures figures = LatencyFigures.of(oneTo(1_000));

        assertThat(figures.p50()).isEqualTo(500);
        assertThat(figures.p90()).isEqualTo(900);
        assertThat(figures.p99()).isEqualTo(990);
        assertThat(figures.p999()).isEqualTo(999); // in binary arithmetic 99.9 % of 1,000 would be rank 1,000
        assertThat(figures.max()).isEqualTo(1_000);
        assertThat(figures.min()).isEqualTo(1);
        assertThat(figures.mean()).isEqualTo(500.5);
    }

    @Test
    void hasNoTailBeyondWhatWasMeasured() {
        LatencyFigures figures = LatencyFigures.of(oneTo(100));

        assertThat(figures.p999()).isEqualTo(figures.max()).isEqualTo(100);
    }

    @Test
    void leavesTheMeasurementInItsOrder() {
        Measurement measured = Invented.measurement(3, 1, 2);

        LatencyFigures.of(measured);

        assertThat(measured.latencyNs()).containsExactly(3, 1, 2);
    }

    @Test
    void refusesARunOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyFigures.of(Invented.measurement()))
                .withMessageContaining("no iteration was measured");
    }
}
