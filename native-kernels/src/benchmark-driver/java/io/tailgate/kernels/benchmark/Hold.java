/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Isa;
import java.util.Map;

/** What ours and oneDNN are held to, in a process of its own: oneDNN reads its environment once. */
enum Hold {
    /** Each takes what it finds best. */
    NOTHING("", Isa.BEST),
    /** AVX-512 with VNNI; no AMX. */
    VNNI("AVX512_CORE_VNNI", Isa.AVX512),
    /** AVX2 without VNNI. */
    AVX2("AVX2", Isa.AVX2);

    private final String oneDnnIsa;
    private final Isa isa;

    Hold(String oneDnnIsa, Isa isa) {
        this.oneDnnIsa = oneDnnIsa;
        this.isa = isa;
    }

    Isa isa() {
        return isa;
    }

    /** Returns the part of a scenario's name, e.g. {@code -avx2}. */
    String suffix() {
        return switch (this) {
            case NOTHING -> "";
            case VNNI -> "-vnni";
            case AVX2 -> "-avx2";
        };
    }

    /** Puts into a child's environment what holds oneDNN. */
    void putInto(Map<String, String> environment) {
        environment.remove("ONEDNN_MAX_CPU_ISA");
        if (this != NOTHING) {
            environment.put("ONEDNN_MAX_CPU_ISA", oneDnnIsa);
        }
    }

    /** Whether the process has to refuse itself AMX: ONNX Runtime asks Linux for it, and nothing else holds it off. */
    boolean refusesAmx() {
        return this == VNNI;
    }

    /** Whether ONNX Runtime can be held to the same. It has no setting; without AMX it takes AVX-512 VNNI. */
    boolean holdsOnnxRuntime() {
        return this != AVX2;
    }
}
