/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More slow iterations are never better, as long as they come one by one. */
class FewSlowIterationsTests {

    private static boolean passes(long n, double error, int burst, long slow) {
        ShareTest test = new ShareTest(Percentile.of(99), error, error, burst);
        return test.passes(new Exceedances(n, slow, slow, Math.min(1, slow), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0.05, 1",
        "1000, 0.05, 3",
        "2000, 0.05, 3",
        "2000, 0.01, 3",
        "4000, 0.005, 3",
        "10000, 0.05, 3",
        "10000, 0.01, 3",
        "10000, 0.005, 3",
        "30000, 0.01, 3",
        "100000, 0.005, 10"
    })
    void passUpToANumberAndNotBeyond(long n, double error, int burst) {
        List<Long> passing = LongStream.rangeClosed(0, n / 100)
                .filter(slow -> passes(n, error, burst, slow))
                .boxed()
                .toList();
        assertThat(passing).hasSizeGreaterThan(0);
        assertThat(passing.get(passing.size() - 1)).isEqualTo(passing.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 0.05, 3, 70",
        "10000, 0.01, 3, 60",
        "10000, 0.005, 3, 55",
        "4000, 0.01, 3, 6",
        "3000, 0.01, 3, 1"
    })
    void passThoughSomeAreSlow(long n, double error, int burst, long slow) {
        assertThat(passes(n, error, burst, slow)).isTrue();
    }
}
