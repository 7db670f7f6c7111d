// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include "peak.h"

namespace tailgate::benchmark {

double peak_f32_avx512(double operations) {
    constexpr int kSums = 16;
    constexpr double kEach = 2.0 * kSums * 16;
    const auto steps = (long)(operations / kEach);
    const __m512 a = _mm512_set1_ps(0.5f), b = _mm512_set1_ps(0.25f);
    __m512 sums[kSums];
    for (auto& sum : sums) sum = _mm512_setzero_ps();
    for (long step = 0; step < steps; step++) {
#pragma GCC unroll 16
        for (int i = 0; i < kSums; i++) asm volatile("vfmadd231ps %1, %2, %0" : "+v"(sums[i]) : "v"(a), "v"(b));
    }
    return (double)steps * kEach;
}

}  // namespace tailgate::benchmark
