// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include "peak.h"

namespace tailgate::benchmark {

double peak_int8_avx512vnni(double operations) {
    constexpr int kSums = 16;
    constexpr double kEach = 2.0 * kSums * 64;
    const auto steps = (long)(operations / kEach);
    const __m512i a = _mm512_set1_epi32(0x03030303), b = _mm512_set1_epi32(0x05050505);
    __m512i sums[kSums];
    for (auto& sum : sums) sum = _mm512_setzero_si512();
    for (long step = 0; step < steps; step++) {
#pragma GCC unroll 16
        for (int i = 0; i < kSums; i++) asm volatile("vpdpbusd %1, %2, %0" : "+v"(sums[i]) : "v"(a), "v"(b));
    }
    return (double)steps * kEach;
}

}  // namespace tailgate::benchmark
