/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.report.Pairs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTests {

    private static final int PAIRS = 1_000;

    private final List<Character> calls = new ArrayList<>();

    @Test
    void runsBothOnceInEachPair() throws Throwable {
        run(alternation(1), 2 * PAIRS);

        for (int pair = 0; pair < PAIRS; pair++) {
            assertThat(calls.subList(2 * pair, 2 * pair + 2)).containsExactlyInAnyOrder('b', 'c');
        }
    }

    @Test
    void beginsWithEitherAboutAsOftenAndWithoutAPattern() throws Throwable {
        run(alternation(1), 2 * PAIRS);

        int baselineFirst = 0;
        int changes = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            baselineFirst += calls.get(2 * pair) == 'b' ? 1 : 0;
            changes += pair > 0 && !calls.get(2 * pair).equals(calls.get(2 * pair - 2)) ? 1 : 0;
        }
        assertThat(baselineFirst).isBetween(450, 550); // 3 standard deviations
        assertThat(changes).isBetween(450, 550);
    }

    @Test
    void repeatsTheOrderOfASeedAndNotThatOfAnother() throws Throwable {
        run(alternation(5), 100);
        List<Character> first = List.copyOf(calls);
        calls.clear();
        run(alternation(5), 100);
        assertThat(calls).isEqualTo(first);
        calls.clear();
        run(alternation(6), 100);
        assertThat(calls).isNotEqualTo(first);
    }

    @Test
    void tellsTheSidesOfTheLastCallsApart() throws Throwable {
        Alternation both = alternation(9);
        both.warmUp().run();
        calls.clear();
        run(both, 101);
        long[] latencies = new long[101];
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = calls.get(i) == 'c' ? 2 : 1;
        }

        Pairs pairs = both.pairs(latencies);

        assertThat(pairs.baselineNs()).containsOnly(1).hasSizeBetween(50, 51);
        assertThat(pairs.candidateNs()).containsOnly(2).hasSize(101 - pairs.baselineNs().length);
    }

    private Alternation alternation(long seed) {
        return new Alternation(() -> calls.add('b'), () -> calls.add('c'), seed);
    }

    private static void run(Alternation both, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            both.run();
        }
    }
}
