// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"

namespace tailgate::benchmark {

// The sums are more than latency times ports, and registers by name: as variables, GCC 12 keeps them in memory.
double peak_f32_avx2(double operations) {
    constexpr double kEach = 2.0 * 12 * 8;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    asm volatile(
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,13,14,15\n\t"
        "vpxor %%ymm\\i, %%ymm\\i, %%ymm\\i\n\t"
        ".endr\n"
        "1:\n\t"
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11\n\t"
        "vfmadd231ps %%ymm14, %%ymm15, %%ymm\\i\n\t"
        ".endr\n\t"
        "dec %0\n\t"
        "jnz 1b"
        : "+r"(steps)
        :
        : "cc", "ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7", "ymm8", "ymm9", "ymm10", "ymm11",
          "ymm13", "ymm14", "ymm15");
    return done;
}

double peak_int8_avx2(double operations) {
    constexpr double kEach = 2.0 * 12 * 32;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    asm volatile(
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,13,14,15\n\t"
        "vpxor %%ymm\\i, %%ymm\\i, %%ymm\\i\n\t"
        ".endr\n"
        "1:\n\t"
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11\n\t"
        "vpmaddubsw %%ymm14, %%ymm15, %%ymm13\n\t"
        "vpmaddwd %%ymm14, %%ymm13, %%ymm13\n\t"
        "vpaddd %%ymm13, %%ymm\\i, %%ymm\\i\n\t"
        ".endr\n\t"
        "dec %0\n\t"
        "jnz 1b"
        : "+r"(steps)
        :
        : "cc", "ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7", "ymm8", "ymm9", "ymm10", "ymm11",
          "ymm13", "ymm14", "ymm15");
    return done;
}

}  // namespace tailgate::benchmark
