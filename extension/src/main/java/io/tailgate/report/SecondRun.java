/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run that was to confirm a FAIL.
 *
 * @param verdict what it said, null where it came to no verdict
 * @param page its own report, relative to that of the first run; null where it has none
 * @param without options of the first run's JVM that the other one did not get
 * @param missing why it came to no verdict, null where it did
 */
public record SecondRun(
        Place place,
        @Nullable Verdict verdict,
        @Nullable String page,
        List<String> without,
        @Nullable String missing) {

    public SecondRun {
        without = List.copyOf(without);
    }

    /** In which process it ran. */
    public enum Place {
        SAME_PROCESS("in the same process"),
        FRESH_PROCESS("in a fresh process");

        private final String words;

        Place(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public static SecondRun here(Verdict verdict) {
        return new SecondRun(Place.SAME_PROCESS, verdict, null, List.of(), null);
    }

    public static SecondRun fresh(Verdict verdict, String page, List<String> without) {
        return new SecondRun(Place.FRESH_PROCESS, verdict, page, without, null);
    }

    public static SecondRun notHad(Place place, String why) {
        return new SecondRun(place, null, null, List.of(), why);
    }
}
