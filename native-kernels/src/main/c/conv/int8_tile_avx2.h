// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The inner loop of the kernels with 256-bit registers: up to 6 rows of activations times a panel of 16 channels.
//
//   step        four bytes of activations of each row times 64 bytes of weights: [16 channels][taps of a step]
//   registers   12 of sums, 2 of weights, 1 of a broadcast activation, 1 of a product
//   Dot         how a step is multiplied. DotInt16 is AVX2's: vpmaddubsw would add two u8 * s8 products in 16 bits and
//               saturate, so both sides are int16, and vpmaddwd adds two products in 32 bits, exactly

#pragma once

#include <cstring>
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace tailgate {
namespace {

constexpr int32_t kTileRows = 6;
constexpr int32_t kPanelChannels = 16;
constexpr size_t kStepBytes = 64;  ///< of weights
constexpr size_t kPrefetchBytes = 64 * kStepBytes;  ///< about 500 cycles ahead: weights come from the last-level cache

/// Two int16 taps a step.
struct DotInt16 {
    using Weight = int16_t;
    static void add(__m256i& sum, __m256i activations, __m256i weights) {
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(activations, weights));
    }
};

template <typename Dot>
constexpr size_t kStepTaps = 4 / sizeof(typename Dot::Weight);

/// Sums of 16 channels for each row: channels 0-7 and 8-15.
template <int32_t kRows>
using TileSums = __m256i[kRows][2];

template <int32_t kRows>
inline __attribute__((always_inline)) void clear(TileSums<kRows>& sums) {
#pragma GCC unroll 6
    for (int32_t i = 0; i < kRows; ++i) {
        sums[i][0] = _mm256_setzero_si256();
        sums[i][1] = _mm256_setzero_si256();
    }
}

/// Adds the products of `steps` steps; row i has its first activation at rows[i]. Weights are 64-byte aligned.
template <typename Dot, int32_t kRows>
inline __attribute__((always_inline)) void multiply(
    TileSums<kRows>& sums, const uint8_t* const (&rows)[kRows], const int8_t* weights, int32_t steps) {
    for (size_t at = 0; at < 4 * (size_t)steps; at += 4, weights += kStepBytes) {
        const __m256i low = _mm256_load_si256(reinterpret_cast<const __m256i*>(weights));
        const __m256i high = _mm256_load_si256(reinterpret_cast<const __m256i*>(weights + 32));
        _mm_prefetch(reinterpret_cast<const char*>(weights + kPrefetchBytes), _MM_HINT_T0);
#pragma GCC unroll 6
        for (int32_t i = 0; i < kRows; ++i) {
            int32_t four;
            std::memcpy(&four, rows[i] + at, sizeof four);
            const __m256i activations = _mm256_set1_epi32(four);
            Dot::add(sums[i][0], activations, low);
            Dot::add(sums[i][1], activations, high);
        }
    }
}

}  // namespace
}  // namespace tailgate
