/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

/** How much is simulated: a part of it in every build, the whole under {@code -P calibration}. */
final class Effort {

    static final boolean WHOLE = Boolean.getBoolean("tailgate.calibration.whole");

    private Effort() {}

    /** Returns one of two amounts. */
    static int of(int part, int whole) {
        return WHOLE ? whole : part;
    }
}
