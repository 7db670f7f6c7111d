/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/**
 * When a run of iterations ends: after {@code iterations}, after {@code mostNs}, or as soon as both {@code atLeast}
 * iterations and {@code ns} are over. The first iteration always runs.
 */
record Until(long iterations, long atLeast, long ns, long mostNs) {

    static Until iterations(long iterations) {
        return new Until(iterations, iterations, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** As many as fit into {@code mostNs}, at most {@code iterations}. */
    static Until spent(long iterations, long mostNs) {
        return new Until(iterations, iterations, Long.MAX_VALUE, mostNs);
    }

    boolean reached(long done, long elapsedNs) {
        return done >= iterations || elapsedNs >= mostNs || (done >= atLeast && elapsedNs >= ns);
    }
}
