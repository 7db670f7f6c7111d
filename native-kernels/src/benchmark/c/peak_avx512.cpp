// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"
#include "peak_registers.h"

namespace tailgate::benchmark {

double peak_f32_avx512(double operations) {
    constexpr double kEach = 2.0 * 16 * 16;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    TAILGATE_REPEAT_ON_ZMM(steps, "vfmadd231ps %%zmm30, %%zmm31, %%zmm\\i\n\t");
    return done;
}

}  // namespace tailgate::benchmark
