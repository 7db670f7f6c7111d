/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.Waits;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.StandingFail;
import io.tailgate.verdict.Verdict;
import java.util.Locale;
import java.util.function.Function;

/** Tells a disturbed machine from a slow test: only what is slow without the disturbance, too, is a FAIL. */
final class Disturbance {

    private Disturbance() {}

    /** Judges a run by {@code rule}, and where that is a FAIL once more without what its iterations waited for a CPU. */
    static Verdict judge(Measurement measured, Function<long[], Verdict> rule) {
        Verdict judged = rule.apply(measured.latencyNs());
        Waits waits = measured.noise().waits();
        if (judged.outcome() != Outcome.FAIL || waits.disturbed() == 0) {
            return judged;
        }
        return StandingFail.of(judged, rule.apply(waits.takenOff(measured.latencyNs())), inWords(measured));
    }

    static String inWords(Measurement measured) {
        Waits waits = measured.noise().waits();
        return String.format(
                Locale.ROOT,
                "%,d of %,d iterations waited %.1f ms in all, %.1f ms at most, for a CPU that other processes had",
                waits.disturbed(),
                measured.iterations(),
                waits.totalNs() / 1e6,
                waits.mostNs() / 1e6);
    }
}
