/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as it is written in an annotation: {@code 250 us}. */
final class TimeText {

    /** Longer than any run; keeps sums of a time and the clock within a long. */
    static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*(ns|us|\u00b5s|\u03bcs|ms|s)");

    private TimeText() {}

    /** Parses {@code text}; {@code what} is the attribute or key that a message names. */
    static Duration parse(String what, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(what + " = \"" + text
                    + "\" is not a time; write a number and its unit, ns, us, ms or s, e.g. \"250 us\"");
        }
        BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanos(form.group(2))));
        if (nanos.compareTo(BigDecimal.ONE) < 0 || nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            throw new IllegalArgumentException(what + " = \"" + text
                    + "\" is out of range; the least is 1 ns, the most " + LONGEST.toDays() + " days");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            default -> 1_000; // us, in each of its spellings
        };
    }
}
