// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The last step of a convolution for 16 channels of a few pixels, two pixels at a time: their four registers of sums
// become one register of bytes.

#pragma once

#include "int8_kernels.h"
#include "int8_tile_avx2.h"

namespace tailgate {
namespace {

/// The constants of channels [first, first + 16), those from channels_out on being absent.
struct PanelConstants {
    PanelConstants(const Int8Conv& conv, int32_t first, void* dst)
        : dst(static_cast<uint8_t*>(dst) + first), dst_signed(conv.dst_signed), residual_signed(conv.residual_signed),
          residual_scale(_mm256_set1_ps(conv.residual_scale)),
          upper_limit(_mm256_set1_ps(conv.dst_signed ? 127.0F : 255.0F)) {
        const int32_t left = conv.shape.channels_out - first;
        channels = left < kPanelChannels ? left : kPanelChannels;
        residual = conv.residual == nullptr ? nullptr : static_cast<const uint8_t*>(conv.residual) + first;
        std::memcpy(scale, conv.scale + first, (size_t)channels * sizeof(float));
        std::memcpy(bias, conv.bias + first, (size_t)channels * sizeof(float));
    }

    bool whole() const { return channels == kPanelChannels; }

    alignas(32) float scale[kPanelChannels] = {};
    alignas(32) float bias[kPanelChannels] = {};
    uint8_t* dst;             ///< channel `first` of pixel 0
    const uint8_t* residual;  ///< likewise, or nullptr
    int32_t channels;         ///< present, 1-16
    bool dst_signed;
    bool residual_signed;
    __m256 residual_scale;
    __m256 upper_limit;
};

/// Asks for a line of dst before it is needed: the stride from pixel to pixel is beyond the hardware's prefetchers.
inline __attribute__((always_inline)) void fetch_line(const uint8_t* p) {
    _mm_prefetch(reinterpret_cast<const char*>(p), _MM_HINT_T0);
}

/// Eight values of channels [channel, channel + 8), before they are rounded to the limits of dst.
inline __attribute__((always_inline)) __m256i requantise_eight(
    const PanelConstants& panel, __m256i sums, const uint8_t* residual, int32_t channel) {
    __m256 f = _mm256_fmadd_ps(
        _mm256_cvtepi32_ps(sums), _mm256_load_ps(panel.scale + channel), _mm256_load_ps(panel.bias + channel));
    if (residual != nullptr) {
        const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(residual + channel));
        const __m256i n = panel.residual_signed ? _mm256_cvtepi8_epi32(bytes) : _mm256_cvtepu8_epi32(bytes);
        f = _mm256_fmadd_ps(panel.residual_scale, _mm256_cvtepi32_ps(n), f);
    }
    // The upper limit comes before the conversion, which turns what int32 cannot hold into its minimum.
    return _mm256_cvtps_epi32(_mm256_min_ps(f, panel.upper_limit));
}

/// 16 values as words: in each half of the register, four of channels 0-7 and four of channels 8-15.
inline __attribute__((always_inline)) __m256i requantise_words(
    const PanelConstants& panel, const __m256i (&sums)[2], ptrdiff_t offset) {
    const uint8_t* residual = panel.residual == nullptr ? nullptr : panel.residual + offset;
    uint8_t tail[kPanelChannels] = {};
    if (residual != nullptr && !panel.whole()) {
        std::memcpy(tail, residual, (size_t)panel.channels);
        residual = tail;
    }
    const __m256i low = requantise_eight(panel, sums[0], residual, 0);
    const __m256i high = requantise_eight(panel, sums[1], residual, 8);
    return _mm256_packs_epi32(low, high);
}

inline __attribute__((always_inline)) void store_pixel(const PanelConstants& panel, __m128i bytes, ptrdiff_t offset) {
    if (panel.whole()) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(panel.dst + offset), bytes);
        return;
    }
    uint8_t tail[kPanelChannels];
    _mm_storeu_si128(reinterpret_cast<__m128i*>(tail), bytes);
    std::memcpy(panel.dst + offset, tail, (size_t)panel.channels);
}

/// Writes the panel's channels of kPixels pixels, whose channel 0 is at offsets[] from pixel 0, in bytes.
template <int32_t kPixels>
inline __attribute__((always_inline)) void requantise_pixels(
    const PanelConstants& panel, const TileSums<kPixels>& sums, const ptrdiff_t* offsets) {
#pragma GCC unroll 3
    for (int32_t i = 0; i < kPixels; i += 2) {
        const bool pair = i + 1 < kPixels;
        const __m256i first = requantise_words(panel, sums[i], offsets[i]);
        const __m256i second = pair ? requantise_words(panel, sums[pair ? i + 1 : i], offsets[i + 1]) : first;
        const __m256i bytes =
            panel.dst_signed ? _mm256_packs_epi16(first, second) : _mm256_packus_epi16(first, second);
        const __m256i in_order =
            _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
        store_pixel(panel, _mm256_castsi256_si128(in_order), offsets[i]);
        if (pair) {
            store_pixel(panel, _mm256_extracti128_si256(in_order, 1), offsets[i + 1]);
        }
    }
}

}  // namespace
}  // namespace tailgate
