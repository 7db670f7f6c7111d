// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The inner step of the AVX2 kernels: four taps of one pixel (or image) times four weights of each of 16 channels.
//
// vpmaddubsw would add two u8 * s8 products in 16 bits and saturate. So both sides are widened: weights when they are
// packed, activations by a mask and a shift, which leave the shuffle port alone: bytes 0 and 2 of a dword are the
// "even" pair, bytes 1 and 3 the "odd" one. vpmaddwd then adds two products in 32 bits, exactly.

#pragma once

#include <cstring>
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace tailgate {
namespace {

constexpr int32_t kDotChannels = 16;
/// Packed weights of one step, as int16: even pairs of channels 0-7, of 8-15, odd pairs of 0-7, of 8-15.
constexpr size_t kDotWeights = 4 * kDotChannels;

/// Index of the weight of tap `tap` (0-3) and channel `channel` (0-15) among those of its step.
inline size_t dot_weight_index(size_t tap, size_t channel) {
    return tap % 2 * 2 * kDotChannels + channel * 2 + tap / 2;
}

/// Sums of 16 channels.
struct DotSums {
    __m256i low;
    __m256i high;
};

inline __m256i dot_weights(const int16_t* weights, size_t vector) {
    return _mm256_load_si256(reinterpret_cast<const __m256i*>(weights + 16 * vector));
}

inline void dot_step(DotSums& sums, const uint8_t* taps, const int16_t* weights) {
    int32_t four;
    std::memcpy(&four, taps, sizeof four);
    const __m256i bytes = _mm256_set1_epi32(four);
    const __m256i even = _mm256_and_si256(bytes, _mm256_set1_epi16(0xFF));
    const __m256i odd = _mm256_srli_epi16(bytes, 8);
    sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(even, dot_weights(weights, 0)));
    sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(even, dot_weights(weights, 1)));
    sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(odd, dot_weights(weights, 2)));
    sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(odd, dot_weights(weights, 3)));
}

}  // namespace
}  // namespace tailgate
