/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * The instruction set of the kernels.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Isa {
    /** The fastest that this CPU has. */
    BEST(0),
    /** Plain C++, for any CPU. */
    PORTABLE(1),
    /** AVX2 and FMA. */
    AVX2(2),
    /** AVX-512 F, BW, DQ and VL; for INT8 also VNNI. */
    AVX512(3),
    /** INT8 only: AMX-INT8 and the kernel's permission to use its registers. */
    AMX(4),
    /** INT8 only: AVX2, FMA and AVX-VNNI. */
    AVX_VNNI(5),
    /** FP32 only: Advanced SIMD, which all 64-bit Arm has. */
    NEON(6);

    private final int code;

    Isa(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /**
     * Whether a network of this precision can be built with this instruction set here. To know that of {@link #AMX}, or
     * of {@link #BEST} for INT8, the call asks Linux for the permission to use AMX, where the CPU has it: the whole
     * process keeps the permission.
     *
     * @throws UnsupportedOperationException if there are no native kernels for this platform at all
     */
    public boolean isSupported(Precision precision) {
        return KernelLibrary.get().tg_isa_supported(code, precision.code()) != 0;
    }
}
