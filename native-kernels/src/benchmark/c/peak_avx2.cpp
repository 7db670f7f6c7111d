// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"
#include "peak_registers.h"

namespace tailgate::benchmark {

double peak_f32_avx2(double operations) {
    constexpr double kEach = 2.0 * 12 * 8;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    TAILGATE_REPEAT_ON_YMM(steps, "vfmadd231ps %%ymm14, %%ymm15, %%ymm\\i\n\t");
    return done;
}

double peak_int8_avx2(double operations) {
    constexpr double kEach = 2.0 * 12 * 32;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    TAILGATE_REPEAT_ON_YMM(steps, "vpmaddubsw %%ymm14, %%ymm15, %%ymm13\n\t"
                                  "vpmaddwd %%ymm14, %%ymm13, %%ymm13\n\t"
                                  "vpaddd %%ymm13, %%ymm\\i, %%ymm\\i\n\t");
    return done;
}

}  // namespace tailgate::benchmark
