/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a measurement ended where it did.
 *
 * @param looks at which it could have ended before
 * @param sure whether it was ended by a look
 * @param errorShare the share of the error that is left for the judgement of a run that no look ended, or that the looks
 *     had of one that was
 * @param because in words
 */
public record Stopping(int looks, boolean sure, double errorShare, String because) {

    /** Returns what a reader of the verdict must know of the looks, empty if there were none. */
    public Optional<String> remark() {
        if (looks == 0) {
            return Optional.empty();
        }
        String ended = sure
                ? String.format(Locale.ROOT, "ended by look %,d", looks)
                : String.format(Locale.ROOT, "looked at %,d times and ended by none of them", looks);
        return Optional.of(String.format(
                Locale.ROOT,
                "the run was %s: %s; %s %.0f %% of the error of each bound",
                ended,
                because,
                sure ? "all looks together had" : "its judgement at the end had",
                100 * errorShare));
    }

    /** A run of which nobody looked at a part, judged once with the whole error. */
    public static Stopping unlooked(String because) {
        return new Stopping(0, false, 1, because);
    }
}
