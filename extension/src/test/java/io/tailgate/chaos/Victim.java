/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** Who is killed. */
enum Victim {
    JVM(true, false),
    WARDEN(false, true),
    BOTH(true, true);

    final boolean killsTheJvm;
    final boolean killsTheWarden;

    Victim(boolean killsTheJvm, boolean killsTheWarden) {
        this.killsTheJvm = killsTheJvm;
        this.killsTheWarden = killsTheWarden;
    }
}
