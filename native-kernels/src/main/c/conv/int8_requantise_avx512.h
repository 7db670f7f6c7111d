// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The last step of a convolution for 64 channels of one pixel at a time: four registers of 16 sums become one line of
// 64 bytes. Needs AVX-512 F, BW, DQ, VL; include it only in files compiled for them.
//
// What a call asks for (residual, signs, a tail of channels) is a Variant. Where it is a constant at compile time only
// the steps that it needs remain; where it is not, its branches are the same for all pixels of a panel, hence
// predicted.

#pragma once

#include "int8_avx512_intrinsics.h"
#include "int8_kernels.h"

namespace tailgate {
namespace {

constexpr int32_t kPanelChannels = 64;  ///< output channels that are requantised at once

enum class Residual : uint8_t { kNone, kUnsigned, kSigned };

struct Variant {
    Residual residual;
    bool dst_signed;
    bool whole;       ///< all 64 channels are present
    bool fits_int32;  ///< every value does before it is rounded, so that packing alone can saturate
};

/// The constants of channels [first, first + 64), those from channels_out on being absent.
struct PanelConstants {
    PanelConstants(const Int8Conv& conv, int32_t first)
        : first(first), pixel_bytes(conv.shape.channels_out), residual(static_cast<const uint8_t*>(conv.residual)),
          residual_scale(_mm512_set1_ps(conv.residual_scale)) {
        const int32_t left = conv.shape.channels_out - first;
        present = left < kPanelChannels ? (1ULL << left) - 1 : ~0ULL;
        for (int32_t i = 0; i < 4; ++i) {
            const __mmask16 lanes = (__mmask16)(present >> (16 * i));
            scale[i] = _mm512_maskz_loadu_ps(lanes, conv.scale + first + 16 * i);
            bias[i] = _mm512_maskz_loadu_ps(lanes, conv.bias + first + 16 * i);
        }
        variant.residual = conv.residual == nullptr ? Residual::kNone
                           : conv.residual_signed   ? Residual::kSigned
                                                    : Residual::kUnsigned;
        variant.dst_signed = conv.dst_signed;
        variant.whole = left >= kPanelChannels;
        variant.fits_int32 = largest_value(conv) < 0x1p30F;
    }

    int32_t first;
    int32_t pixel_bytes;  ///< from one pixel of dst to the next
    const uint8_t* residual;
    Variant variant;
    uint64_t present;  ///< bit per channel
    __m512 residual_scale;
    __m512 scale[4];
    __m512 bias[4];

  private:
    /// Bound of the magnitude of any value before rounding; a sum of products is at most 255 * 128 a tap.
    float largest_value(const Int8Conv& conv) const {
        const float taps = (float)conv.shape.kernel * (float)conv.shape.kernel * (float)conv.shape.channels_in;
        const __m512 largest_sum = _mm512_set1_ps(255.0F * 128.0F * taps);
        __m512 largest = _mm512_setzero_ps();
        for (int32_t i = 0; i < 4; ++i) {
            const __m512 value = _mm512_fmadd_ps(_mm512_abs_ps(scale[i]), largest_sum, _mm512_abs_ps(bias[i]));
            largest = _mm512_max_ps(largest, value);
        }
        const float residual_bound = residual == nullptr ? 0.0F : 255.0F * __builtin_fabsf(conv.residual_scale);
        return _mm512_reduce_max_ps(largest) + residual_bound;
    }
};

/// Adds the 64 residual bytes at `p`, scaled, to four registers of values.
template <bool kSigned>
inline __attribute__((always_inline)) void add_residual(__m512 (&f)[4], __m512 scale, const uint8_t* p) {
#pragma GCC unroll 4
    for (int32_t i = 0; i < 4; ++i) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
        const __m512i n = kSigned ? _mm512_cvtepi8_epi32(bytes) : _mm512_cvtepu8_epi32(bytes);
        f[i] = _mm512_fmadd_ps(scale, _mm512_cvtepi32_ps(n), f[i]);
    }
}

/// Requantises the sums of one pixel; `offset` is that of its channel 0 in dst, in bytes.
inline __attribute__((always_inline)) void requantise_pixel(
    const PanelConstants& panel, const Variant& variant, const __m512i (&sums)[4], ptrdiff_t offset, void* dst) {
    offset += panel.first;
    __m512 f[4];
#pragma GCC unroll 4
    for (int32_t i = 0; i < 4; ++i) {
        f[i] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[i]), panel.scale[i], panel.bias[i]);
    }
    if (variant.residual != Residual::kNone) {
        const uint8_t* residual = panel.residual + offset;
        alignas(64) uint8_t tail[kPanelChannels];
        if (!variant.whole) {
            _mm512_store_si512(tail, _mm512_maskz_loadu_epi8(panel.present, residual));
            residual = tail;
        }
        if (variant.residual == Residual::kSigned) {
            add_residual<true>(f, panel.residual_scale, residual);
        } else {
            add_residual<false>(f, panel.residual_scale, residual);
        }
    }
    if (!variant.fits_int32) {  // the conversion would turn too high a value into the lowest int32
#pragma GCC unroll 4
        for (int32_t i = 0; i < 4; ++i) {
            f[i] = _mm512_min_ps(f[i], _mm512_set1_ps(255.0F));
        }
    }
    __m512i n[4];
#pragma GCC unroll 4
    for (int32_t i = 0; i < 4; ++i) {
        n[i] = _mm512_cvtps_epi32(f[i]);
    }
    // Packing works within lanes of 128 bits: lane l holds dwords 4l.. of n[0], n[1], n[2], n[3] in turn.
    const __m512i words01 = _mm512_packs_epi32(n[0], n[1]);
    const __m512i words23 = _mm512_packs_epi32(n[2], n[3]);
    const __m512i packed =
        variant.dst_signed ? _mm512_packs_epi16(words01, words23) : _mm512_packus_epi16(words01, words23);
    const __m512i in_order = _mm512_permutexvar_epi32(
        _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), packed);
    uint8_t* out = static_cast<uint8_t*>(dst) + offset;
    if (variant.whole) {
        _mm512_storeu_si512(out, in_order);
    } else {
        _mm512_mask_storeu_epi8(out, panel.present, in_order);
    }
}

}  // namespace
}  // namespace tailgate
