/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.Noise;
import io.tailgate.measure.OpenLoop;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Percentile;
import io.tailgate.verdict.StandingFail;
import io.tailgate.verdict.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Tells a late generator from a slow test in an open loop.
 *
 * <p>Lag makes response times longer than the body made them, so a PASS holds all the more. A FAIL stands if it is one
 * with a generator that is never late, too: the same iterations are put on the schedule anew, one after the other. The
 * lag of an iteration in whose wait a collection ended stays: collections are the test's own.
 */
final class GeneratorLag {

    /** From this share of a limit on a reader must know of the lag. */
    private static final double NOTABLE = 0.1;

    private GeneratorLag() {}

    static Verdict judge(Measurement measured, OpenLoop loop, Verdict judged, Function<long[], Verdict> rule) {
        if (judged.outcome() != Outcome.FAIL) {
            return judged;
        }
        Noise noise = measured.noise();
        int[] collections = measured.gcCollections();
        long[] undisturbed = loop.promptNs(
                i -> collections.length > 0 && collections[i] > 0 ? loop.lagNs()[i] : 0,
                measured.undisturbed(loop.serviceNs()));
        String words = noise.isDisturbed() ? ", and " + noise.inWords(measured.iterations()) : "";
        return StandingFail.of(judged, rule.apply(undisturbed), inWords(loop) + words);
    }

    private static String inWords(OpenLoop loop) {
        long[] sorted = sorted(loop.lagNs());
        return String.format(
                Locale.ROOT,
                "the generator of the open loop was itself late, by %,.1f us at p99 and %,.1f us at most (n = %,d)",
                Percentile.of(99).in(sorted) / 1e3,
                sorted[sorted.length - 1] / 1e3,
                sorted.length);
    }

    /** Returns what a reader of a verdict must know of the lag, or of iterations that were not run; empty if nothing. */
    static List<String> remarks(OpenLoop loop, List<BoundVerdict> bounds) {
        long p99 = Percentile.of(99).in(sorted(loop.lagNs()));
        return bounds.stream().mapToDouble(BoundVerdict::limitNs).min().stream()
                .filter(limit -> p99 >= NOTABLE * limit)
                .mapToObj(limit -> String.format(
                        Locale.ROOT,
                        "%s, which is not small beside the limit of %,.1f us: response times are too long by it, so a PASS"
                                + " holds and a FAIL is checked without it",
                        inWords(loop),
                        limit / 1e3))
                .toList();
    }

    private static long[] sorted(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
