/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** Looks at an open-ended run while it goes on, to end it when its verdict is sure. */
public interface Look {

    /**
     * Says whether the verdict is sure.
     *
     * @param latencyNsInOrder of all iterations so far, in the order in which they started; the look's own
     * @param waits of these iterations for a CPU that others had
     */
    boolean isSure(long[] latencyNsInOrder, Waits waits);

    /** Returns the share of the error that all looks together spend; the judgement at the end of the time has the rest. */
    double errorShare();
}
