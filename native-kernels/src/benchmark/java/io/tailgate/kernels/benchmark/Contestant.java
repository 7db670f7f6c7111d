/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** One implementation of the network of a {@link Model}, built and ready to run on given CPUs. */
interface Contestant extends Timed {

    /** Returns the logits of the last run: {@link Model#CLASSES} for each image. */
    float[] logits();
}
