/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.security.SecureRandom;

/**
 * What a build may choose.
 *
 * @param kills {@code -Dtailgate.chaos.kills}: of each victim at each point
 * @param seed {@code -Dtailgate.chaos.seed}: of everything that is drawn; a new one where none is given
 * @param round {@code -Dtailgate.chaos.round}: the only one to be run; -1 for all
 */
record ChaosOptions(int kills, long seed, int round) {

    static final int ALL_ROUNDS = -1;

    static ChaosOptions read(int usualKills) {
        return new ChaosOptions(
                Integer.getInteger("tailgate.chaos.kills", usualKills),
                Long.getLong("tailgate.chaos.seed", new SecureRandom().nextInt(1_000_000)),
                Integer.getInteger("tailgate.chaos.round", ALL_ROUNDS));
    }
}
