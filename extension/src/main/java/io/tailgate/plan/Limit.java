/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.time.Duration;

/** What a percentile must not exceed. */
public sealed interface Limit {

    /** A multiple of the median of the same run. */
    record TimesMedian(double factor) implements Limit {}

    /** A multiple of the mean of the same run. */
    record TimesMean(double factor) implements Limit {}

    /** A multiple of the same percentile of the baseline, another body that ran in turn with this one. */
    record TimesBaseline(double factor) implements Limit {}

    /** A time. */
    record AtMost(Duration time) implements Limit {}
}
