/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.function.IntPredicate;

/**
 * The confidence bounds of a percentile that go with a test: below {@code lowNs} every limit would be a FAIL, from
 * {@code highNs} on every limit a PASS.
 *
 * <p>Found by bisection, as if the answer changed only once along the limits. Where it changes more often, the judged
 * limit's own answer is the one that the bounds agree with.
 */
record PercentileInterval(long lowNs, long highNs) {

    static PercentileInterval of(Sample sample, ShareTest test) {
        return new PercentileInterval(low(sample, test), high(sample, test));
    }

    /** Returns these bounds, on that side of the limit that the answer says. */
    PercentileInterval agreeingWith(Outcome outcome, Sample sample, LimitRange limit) {
        long low = outcome == Outcome.FAIL
                ? Math.max(lowNs, nextAbove(sample, limit.highNs()))
                : Math.min(lowNs, limit.highNs());
        long high = outcome == Outcome.PASS
                ? Math.min(highNs, limit.lowNs())
                : Math.max(highNs, nextAbove(sample, limit.lowNs()));
        return new PercentileInterval(low, high);
    }

    private static long high(Sample sample, ShareTest test) {
        int first = first(sample.size(), index -> test.passes(sample.slowerThan(sample.ascending(index))));
        return first == sample.size() ? Long.MAX_VALUE : sample.ascending(first);
    }

    private static long low(Sample sample, ShareTest test) {
        int first = first(sample.size(), index -> !test.fails(sample.slowerThan(sample.ascending(index) - 1)));
        return first == 0 ? 0 : sample.ascending(first - 1);
    }

    private static long nextAbove(Sample sample, long ns) {
        int index = sample.firstAbove(ns);
        return index == sample.size() ? Long.MAX_VALUE : sample.ascending(index);
    }

    private static int first(int size, IntPredicate holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
