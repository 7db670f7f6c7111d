// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 pooling for AVX-512.
//
//   maximum     64 channels of one output pixel at once, over the taps inside the image
//   average     16 channels at once, summed in int32 over the pixels, so that any image size is exact

#include "int8_pool_avx512.h"

#include "int8_avx512_intrinsics.h"
#include "int8_pool_window.h"

namespace tailgate {
namespace {

__m512i highest_tap(const PoolWindow& window, int32_t channel, __mmask64 present) {
    __m512i highest = _mm512_setzero_si512();
    for (int32_t i = 0; i < window.height; ++i) {
        for (int32_t j = 0; j < window.width; ++j) {
            const __m512i tap = _mm512_maskz_loadu_epi8(present, window.tap(i, j) + channel);
            highest = _mm512_max_epu8(highest, tap);
        }
    }
    return highest;
}

}  // namespace

void int8_max_pool_avx512(
    const ConvShape& shape, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border) {
    const PoolTaps taps(shape, src, src_border, dst, dst_border);
    for (int32_t row = row_begin; row < row_end; ++row) {
        for (int32_t x = 0; x < shape.out_width(); ++x) {
            const PoolWindow window = taps.at(row, x);
            for (int32_t c = 0; c < shape.channels_in; c += 64) {
                const int32_t left = shape.channels_in - c;
                const __mmask64 present = left < 64 ? (1ULL << left) - 1 : ~0ULL;
                _mm512_mask_storeu_epi8(window.dst + c, present, highest_tap(window, c, present));
            }
        }
    }
}

void int8_average_pool_avx512(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst) {
    for (int32_t image = image_begin; image < image_end; ++image) {
        const uint8_t* first = src + (size_t)image * (size_t)pixels * (size_t)channels;
        for (int32_t c = 0; c < channels; c += 16) {
            const int32_t left = channels - c;
            const __mmask16 present = (__mmask16)(left < 16 ? (1U << left) - 1 : 0xFFFFU);
            __m512i sum = _mm512_setzero_si512();
            for (int32_t p = 0; p < pixels; ++p) {
                const uint8_t* pixel = first + (size_t)p * (size_t)channels + c;
                sum = _mm512_add_epi32(sum, _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(present, pixel)));
            }
            const __m512 mean = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(scale));
            // The limits come before the conversion, which turns what int32 cannot hold into its minimum.
            const __m512 limited = _mm512_max_ps(_mm512_min_ps(mean, _mm512_set1_ps(255.0F)), _mm512_setzero_ps());
            const __m128i bytes = _mm512_cvtusepi32_epi8(_mm512_cvtps_epi32(limited));
            _mm_mask_storeu_epi8(dst + (size_t)image * (size_t)channels + c, present, bytes);
        }
    }
}

}  // namespace tailgate
