// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 fully connected layer for AVX-512 with VNNI.
//
//   tile        up to 8 images x 16 outs; fewer images than that, and the weights' way from memory is the limit
//   loop order  16 outs, 8 images, step of four ins: at batch 8 each weight is read once
//   prefetch    far ahead into the second-level cache: no weight is in any cache near, and each is used only once

#include "int8_fully_connected_avx512vnni.h"

#include <cstring>

#include "int8_avx512_intrinsics.h"

namespace tailgate {
namespace {

constexpr int32_t kOuts = 16;
constexpr int32_t kImages = 8;
constexpr size_t kStepBytes = 64;
constexpr size_t kPrefetchBytes = 4096;

size_t steps_of(int32_t ins) { return (size_t)(ins + 3) / 4; }

/// One panel of 16 outs for kRows images; `present` has a bit per out.
template <int32_t kRows>
void multiply(
    int32_t ins, int32_t outs, const uint8_t* src, const int8_t* weights, __m512 scale, __m512 bias,
    __mmask16 present, float* dst) {
    __m512i sums[kRows];
    for (int32_t i = 0; i < kRows; ++i) {
        sums[i] = _mm512_setzero_si512();
    }
    const size_t steps = steps_of(ins);
    for (size_t step = 0; step < steps; ++step) {
        const __m512i w = _mm512_load_si512(weights + step * kStepBytes);
        _mm_prefetch((const char*)(weights + step * kStepBytes + kPrefetchBytes), _MM_HINT_T1);
#pragma GCC unroll 8
        for (int32_t i = 0; i < kRows; ++i) {
            int32_t four;  // the last step may read up to three bytes too many; their weights are 0
            std::memcpy(&four, src + (size_t)i * (size_t)ins + step * 4, sizeof four);
            const __m512i activations = _mm512_set1_epi32(four);
            __asm__("vpdpbusd %2, %1, %0" : "+v"(sums[i]) : "v"(activations), "v"(w));
        }
    }
    for (int32_t i = 0; i < kRows; ++i) {
        const __m512 result = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[i]), scale, bias);
        _mm512_mask_storeu_ps(dst + (size_t)i * (size_t)outs, present, result);
    }
}

}  // namespace

size_t int8_fully_connected_packed_bytes_avx512vnni(int32_t ins, int32_t outs) {
    return (size_t)((outs + kOuts - 1) / kOuts) * steps_of(ins) * kStepBytes;
}

void int8_fully_connected_pack_avx512vnni(int32_t ins, int32_t outs, const int8_t* weights, int8_t* packed) {
    std::memset(packed, 0, int8_fully_connected_packed_bytes_avx512vnni(ins, outs));
    for (size_t out = 0; out < (size_t)outs; ++out) {
        int8_t* row = packed + out / kOuts * steps_of(ins) * kStepBytes + out % kOuts * 4;
        for (size_t in = 0; in < (size_t)ins; ++in) {
            row[in / 4 * kStepBytes + in % 4] = weights[out * (size_t)ins + in];
        }
    }
}

void int8_fully_connected_avx512vnni(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* packed, const float* scale, const float* bias, float* dst) {
    using Multiply = void (*)(
        int32_t, int32_t, const uint8_t*, const int8_t*, __m512, __m512, __mmask16, float*);
    static constexpr Multiply by_rows[kImages + 1] = {nullptr,     multiply<1>, multiply<2>, multiply<3>, multiply<4>,
                                                      multiply<5>, multiply<6>, multiply<7>, multiply<8>};
    for (int32_t out = out_begin; out < out_end; out += kOuts) {
        const int32_t left = outs - out;
        const __mmask16 present = (__mmask16)(left < kOuts ? (1U << left) - 1 : 0xFFFFU);
        const int8_t* weights = packed + (size_t)(out / kOuts) * steps_of(ins) * kStepBytes;
        const __m512 panel_scale = _mm512_maskz_loadu_ps(present, scale + out);
        const __m512 panel_bias = _mm512_maskz_loadu_ps(present, bias + out);
        for (int32_t image = 0; image < images; image += kImages) {
            const int32_t rows = images - image < kImages ? images - image : kImages;
            by_rows[rows](
                ins, outs, src + (size_t)image * (size_t)ins, weights, panel_scale, panel_bias, present,
                dst + (size_t)image * (size_t)outs + out);
        }
    }
}

}  // namespace tailgate
