// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 pooling for AVX2.
//
//   maximum     32 channels of one output pixel at once, over the taps inside the image
//   average     8 channels at once, summed in int32 over the pixels, so that any image size is exact
//   tails       channels beyond the last full vector one at a time, as AVX2 has no masks for bytes

#include "int8_pool_avx2.h"

#include <cmath>
#include <cstring>
#include <immintrin.h>

#include "int8_pool_window.h"

namespace tailgate {
namespace {

__m256i highest_tap(const PoolWindow& window, int32_t channel) {
    __m256i highest = _mm256_setzero_si256();
    for (int32_t i = 0; i < window.height; ++i) {
        for (int32_t j = 0; j < window.width; ++j) {
            const auto* tap = reinterpret_cast<const __m256i*>(window.tap(i, j) + channel);
            highest = _mm256_max_epu8(highest, _mm256_loadu_si256(tap));
        }
    }
    return highest;
}

uint8_t highest_tap_of_one(const PoolWindow& window, int32_t channel) {
    uint8_t highest = 0;
    for (int32_t i = 0; i < window.height; ++i) {
        for (int32_t j = 0; j < window.width; ++j) {
            const uint8_t tap = window.tap(i, j)[channel];
            highest = highest < tap ? tap : highest;
        }
    }
    return highest;
}

/// Eight means of sums as bytes, in the low half of the result.
__m128i means(__m256i sums, float scale) {
    const __m256 mean = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_set1_ps(scale));
    // The upper limit comes before the conversion, which turns what int32 cannot hold into its minimum.
    const __m256i n = _mm256_cvtps_epi32(_mm256_min_ps(mean, _mm256_set1_ps(255.0F)));
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(n), _mm256_extracti128_si256(n, 1));
    return _mm_packus_epi16(words, words);
}

/// Eight channels from `src`, of which the caller keeps the first `keep`.
void average_channels(int32_t pixels, size_t channels, float scale, const uint8_t* src, uint8_t* dst, size_t keep) {
    __m256i sums = _mm256_setzero_si256();
    for (int32_t p = 0; p < pixels; ++p) {
        const auto* eight = reinterpret_cast<const __m128i*>(src + (size_t)p * channels);
        sums = _mm256_add_epi32(sums, _mm256_cvtepu8_epi32(_mm_loadl_epi64(eight)));
    }
    const int64_t bytes = _mm_cvtsi128_si64(means(sums, scale));
    std::memcpy(dst, &bytes, keep);
}

}  // namespace

void int8_max_pool_avx2(
    const ConvShape& shape, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border) {
    const PoolTaps taps(shape, src, src_border, dst, dst_border);
    for (int32_t row = row_begin; row < row_end; ++row) {
        for (int32_t x = 0; x < shape.out_width(); ++x) {
            const PoolWindow window = taps.at(row, x);
            int32_t c = 0;
            for (; c + 32 <= shape.channels_in; c += 32) {
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(window.dst + c), highest_tap(window, c));
            }
            for (; c < shape.channels_in; ++c) {
                window.dst[c] = highest_tap_of_one(window, c);
            }
        }
    }
}

void int8_average_pool_avx2(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst) {
    const size_t n = (size_t)channels;
    for (int32_t image = image_begin; image < image_end; ++image) {
        const uint8_t* first = src + (size_t)image * (size_t)pixels * n;
        for (size_t c = 0; c < n; c += 8) {
            const size_t keep = n - c < 8 ? n - c : 8;  // the rest is read from the next pixel, or after the buffer
            average_channels(pixels, n, scale, first + c, dst + (size_t)image * n + c, keep);
        }
    }
}

}  // namespace tailgate
