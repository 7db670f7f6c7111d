// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"

namespace tailgate::benchmark {

// The sums are more than latency times ports, and registers by name: as variables, GCC 12 keeps them in memory.
double peak_int8_avx512vnni(double operations) {
    constexpr double kEach = 2.0 * 16 * 64;
    auto steps = (long)(operations / kEach);
    const double done = (double)steps * kEach;
    asm volatile(
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,30,31\n\t"
        "vpxord %%zmm\\i, %%zmm\\i, %%zmm\\i\n\t"
        ".endr\n"
        "1:\n\t"
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm\\i\n\t"
        ".endr\n\t"
        "dec %0\n\t"
        "jnz 1b"
        : "+r"(steps)
        :
        : "cc", "zmm0", "zmm1", "zmm2", "zmm3", "zmm4", "zmm5", "zmm6", "zmm7", "zmm8", "zmm9", "zmm10", "zmm11",
          "zmm12", "zmm13", "zmm14", "zmm15", "zmm30", "zmm31");
    return done;
}

}  // namespace tailgate::benchmark
