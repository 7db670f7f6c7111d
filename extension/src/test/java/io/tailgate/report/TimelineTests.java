/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTests {

    @Test
    void hasARowForEachIterationOfAShortRun() {
        assertThat(Timeline.of(Invented.bursts(3, 2)).csv()).isEqualTo("""
                first_iteration,iterations,least_ns,greatest_ns,most_minor_faults
                0,1,1000000,1000000,1204
                1,1,247919,247919,0
                2,1,1006000,1006000,1204
                """);
    }

    @Test
    void leavesOutNoExtremeOfALongRun() {
        Timeline timeline = Timeline.of(Invented.bursts(2_000, 1_999));

        assertThat(timeline.columns()).isEqualTo(900);
        assertThat(timeline.highest()).isEqualTo(Invented.bursts(2_000, 1_999).latencyNs()[1_999]);
        assertThat(timeline.mostFaults()).isEqualTo(1_204);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 899, 900, 901, 2_000})
    void isReadAsItWasWritten(int n) {
        Timeline written = Timeline.of(Invented.bursts(n, 35));

        assertThat(Timeline.parse(written.csv())).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void tellsFaultsThatWereNotCountedFromNone() {
        Timeline uncounted = new Timeline(2, new long[] {5, 6}, new long[] {5, 6}, null);

        assertThat(uncounted.csv()).endsWith("0,1,5,5,\n1,1,6,6,\n");
        assertThat(Timeline.parse(uncounted.csv()).faults()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first_iteration,iterations,least_ns,greatest_ns,most_minor_faults\n",
                "iteration,latency\n0,1\n",
                "first_iteration,iterations,least_ns,greatest_ns,most_minor_faults\n0,1,5\n",
                "first_iteration,iterations,least_ns,greatest_ns,most_minor_faults\n0,1,5,fast,0\n"
            })
    void refusesWhatIsNoTimeline(String csv) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeline.parse(csv))
                .withMessageStartingWith("not a timeline of Tailgate: wanted");
    }
}
