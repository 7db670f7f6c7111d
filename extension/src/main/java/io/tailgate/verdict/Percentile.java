/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A percentile by nearest rank, the one definition in use: the smallest value that at least {@code percent} % of the
 * values do not exceed.
 *
 * <p>Computed in decimal: 99.9 % of 1,000 is rank 999, not what is left of it in binary.
 */
public final class Percentile {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final BigDecimal percent;

    private Percentile(BigDecimal percent) {
        this.percent = percent;
    }

    /** Returns the percentile; {@code 0 < percent <= 100}. */
    public static Percentile of(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "percentile " + percent + " is out of range; expected above 0 and at most 100, e.g. 99.9");
        }
        return new Percentile(BigDecimal.valueOf(percent));
    }

    /** Returns the rank, from 1, among {@code n} values. */
    public long rank(long n) {
        return percent.multiply(BigDecimal.valueOf(n))
                .divide(HUNDRED, 0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** Returns this percentile of values in ascending order, at least one. */
    public long in(long[] sorted) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("p" + this + " of no values; measure at least one iteration");
        }
        return sorted[(int) rank(sorted.length) - 1];
    }

    boolean isMaximum() {
        return percent.compareTo(HUNDRED) == 0;
    }

    /** Returns the share of values that may exceed it: q. */
    double exceedance() {
        return HUNDRED.subtract(percent).movePointLeft(2).doubleValue();
    }

    /** Returns the share that may exceed it in per cent, as people write it. */
    String exceedancePercent() {
        return HUNDRED.subtract(percent).stripTrailingZeros().toPlainString();
    }

    /** Returns the number as people write it: {@code 99}, {@code 99.9}. */
    @Override
    public String toString() {
        return percent.stripTrailingZeros().toPlainString();
    }

    /** Returns a number without binary leftovers and trailing zeros: {@code 3}, {@code 0.1}. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
