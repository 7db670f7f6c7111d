/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.Locale;
import java.util.Map;

/** How oneDNN uses several CPUs: {@code tgb_threading}. */
enum Threading {
    OPENMP(0, "oneDNN, OpenMP"),
    SHARED_OUT(1, "oneDNN, shared out");

    private final int code;
    private final String label;

    Threading(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** Returns the settings of a contestant; a dnnl_cpu_isa_t says what ONEDNN_MAX_CPU_ISA leaves. */
    Map<String, String> settings(String cpus) {
        return Map.of(
                "threading",
                name().toLowerCase(Locale.ROOT),
                "cpus",
                cpus,
                "isa",
                "dnnl_cpu_isa_t 0x" + Integer.toHexString(PeerLibrary.INSTANCE.tgb_onednn_isa()),
                "memory",
                "huge pages, few buffers used again");
    }

    int code() {
        return code;
    }

    String label() {
        return label;
    }
}
