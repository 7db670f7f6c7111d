/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.Noise;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.StandingFail;
import io.tailgate.verdict.Verdict;
import java.util.function.Function;

/** Tells a disturbed machine from a slow test: only what is slow without the disturbance, too, is a FAIL. */
final class Disturbance {

    private Disturbance() {}

    /**
     * Judges a run by {@code rule}, and where that is a FAIL once more without what is known of the disturbance, and in an
     * open loop without the lag of its generator.
     */
    static Verdict judge(Measurement measured, Function<long[], Verdict> rule) {
        Verdict judged = rule.apply(measured.latencyNs());
        if (measured.openLoop() != null) {
            return GeneratorLag.judge(measured, measured.openLoop(), judged, rule);
        }
        Noise noise = measured.noise();
        if (judged.outcome() != Outcome.FAIL || !noise.isDisturbed()) {
            return judged;
        }
        Verdict undisturbed = rule.apply(measured.undisturbed(measured.latencyNs()));
        return StandingFail.of(judged, undisturbed, noise.inWords(measured.iterations()));
    }
}
