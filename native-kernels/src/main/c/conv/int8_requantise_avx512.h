// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The last step of a convolution for 64 channels of one pixel at a time: four registers of 16 sums become one line of
// 64 bytes. Needs AVX-512 F, BW, DQ, VL; include it only in files compiled for them.
//
// What is chosen at run time (residual, signs, a tail of channels) is the same for all pixels of a call, so the
// branches are predicted and one function serves all combinations.

#pragma once

#include "int8_avx512_intrinsics.h"
#include "int8_kernels.h"

namespace tailgate {
namespace {

constexpr int32_t kPanelChannels = 64;  ///< output channels that are requantised at once

/// The constants of channels [first, first + 64), those from channels_out on being absent.
struct PanelConstants {
    PanelConstants(const Int8Conv& conv, int32_t first)
        : first(first), residual(conv.residual == nullptr ? nullptr : static_cast<const uint8_t*>(conv.residual) + first),
          residual_signed(conv.residual_signed), dst_signed(conv.dst_signed),
          residual_scale(_mm512_set1_ps(conv.residual_scale)),
          upper_limit(_mm512_set1_ps(conv.dst_signed ? 127.0F : 255.0F)) {
        const int32_t left = conv.shape.channels_out - first;
        present = left < kPanelChannels ? (1ULL << left) - 1 : ~0ULL;
        for (int32_t i = 0; i < 4; ++i) {
            const __mmask16 lanes = (__mmask16)(present >> (16 * i));
            scale[i] = _mm512_maskz_loadu_ps(lanes, conv.scale + first + 16 * i);
            bias[i] = _mm512_maskz_loadu_ps(lanes, conv.bias + first + 16 * i);
        }
    }

    int32_t first;
    const uint8_t* residual;  ///< channel `first` of the first pixel, or nullptr
    bool residual_signed;
    bool dst_signed;
    uint64_t present;  ///< bit per channel
    __m512 residual_scale;
    __m512 upper_limit;  ///< applied before the conversion, which turns what int32 cannot hold into its minimum
    __m512 scale[4];
    __m512 bias[4];
};

/// Sixteen residual bytes from p as floats.
inline __m512 load_residual(const PanelConstants& panel, const uint8_t* p, uint64_t present) {
    const __m128i bytes = _mm_maskz_loadu_epi8((__mmask16)present, p);
    return _mm512_cvtepi32_ps(panel.residual_signed ? _mm512_cvtepi8_epi32(bytes) : _mm512_cvtepu8_epi32(bytes));
}

/// Requantises the sums of one pixel; `offset` is that of its channel 0 in dst, in bytes.
inline __attribute__((always_inline)) void requantise_pixel(
    const PanelConstants& panel, __m512i sum0, __m512i sum1, __m512i sum2, __m512i sum3, ptrdiff_t offset, void* dst) {
    const __m512i sums[4] = {sum0, sum1, sum2, sum3};
    __m512 f[4];
    for (int32_t i = 0; i < 4; ++i) {
        f[i] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[i]), panel.scale[i], panel.bias[i]);
    }
    if (panel.residual != nullptr) {
        for (int32_t i = 0; i < 4; ++i) {
            const __m512 residual = load_residual(panel, panel.residual + offset + 16 * i, panel.present >> (16 * i));
            f[i] = _mm512_fmadd_ps(panel.residual_scale, residual, f[i]);
        }
    }
    __m512i n[4];
    for (int32_t i = 0; i < 4; ++i) {
        n[i] = _mm512_cvtps_epi32(_mm512_min_ps(f[i], panel.upper_limit));
    }
    // Packing works within lanes of 128 bits: lane l holds dwords 4l.. of n[0], n[1], n[2], n[3] in turn.
    const __m512i words01 = _mm512_packs_epi32(n[0], n[1]);
    const __m512i words23 = _mm512_packs_epi32(n[2], n[3]);
    const __m512i packed =
        panel.dst_signed ? _mm512_packs_epi16(words01, words23) : _mm512_packus_epi16(words01, words23);
    const __m512i in_order = _mm512_permutexvar_epi32(
        _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), packed);
    uint8_t* out = static_cast<uint8_t*>(dst) + offset + panel.first;
    if (panel.present == ~0ULL) {
        _mm512_storeu_si512(out, in_order);
    } else {
        _mm512_mask_storeu_epi8(out, panel.present, in_order);
    }
}

}  // namespace
}  // namespace tailgate
