// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include "peak.h"

namespace tailgate::benchmark {
namespace {

constexpr int kSums = 12;  ///< independent ones: more than latency times ports, fewer than registers
constexpr int kLanes = 8;

}  // namespace

double peak_f32_avx2(double operations) {
    const auto steps = (long)(operations / (2.0 * kSums * kLanes));
    const __m256 a = _mm256_set1_ps(0.5f), b = _mm256_set1_ps(0.25f);
    __m256 sums[kSums];
    for (auto& sum : sums) sum = _mm256_setzero_ps();
    for (long step = 0; step < steps; step++) {
#pragma GCC unroll 12
        for (int i = 0; i < kSums; i++) asm volatile("vfmadd231ps %1, %2, %0" : "+x"(sums[i]) : "x"(a), "x"(b));
    }
    return (double)steps * 2.0 * kSums * kLanes;
}

double peak_int8_avx2(double operations) {
    constexpr int kGroups = 6;
    const double each = 2.0 * kGroups * 32;
    const auto steps = (long)(operations / each);
    const __m256i a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(-5), ones = _mm256_set1_epi16(1);
    __m256i sums[kGroups], products[kGroups];
    for (int i = 0; i < kGroups; i++) sums[i] = products[i] = _mm256_setzero_si256();
    for (long step = 0; step < steps; step++) {
#pragma GCC unroll 6
        for (int i = 0; i < kGroups; i++) {
            asm volatile(
                "vpmaddubsw %3, %2, %1\n\tvpmaddwd %4, %1, %1\n\tvpaddd %1, %0, %0"
                : "+x"(sums[i]), "+x"(products[i])
                : "x"(a), "x"(b), "x"(ones));
        }
    }
    return (double)steps * each;
}

}  // namespace tailgate::benchmark
