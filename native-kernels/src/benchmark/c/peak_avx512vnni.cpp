// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"
#include "peak_registers.h"

namespace tailgate::benchmark {

double peak_int8_avx512vnni(double operations) {
    constexpr double kEach = 2.0 * 16 * 64;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    TAILGATE_REPEAT_ON_ZMM(steps, "vpdpbusd %%zmm30, %%zmm31, %%zmm\\i\n\t");
    return done;
}

}  // namespace tailgate::benchmark
