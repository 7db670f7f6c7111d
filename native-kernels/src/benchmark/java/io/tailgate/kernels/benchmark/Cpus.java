/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.IntByReference;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The CPUs of a scenario: the first of those that this process may use, the same for all contestants. */
final class Cpus {

    private static final int MOST = 4096;

    private Cpus() {}

    static int count() {
        return allowed().length;
    }

    /** Returns the first {@code threads} CPUs. */
    static int[] first(int threads) {
        return Arrays.copyOf(allowed(), threads);
    }

    private static int[] allowed() {
        int[] cpus = new int[MOST];
        IntByReference count = new IntByReference();
        ModelLibrary.check(PeerLibrary.INSTANCE.tgb_allowed_cpus(cpus, cpus.length, count));
        return Arrays.copyOf(cpus, count.getValue());
    }

    /** Returns them as {@code 0,1}. */
    static String list(int... cpus) {
        return IntStream.of(cpus).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
