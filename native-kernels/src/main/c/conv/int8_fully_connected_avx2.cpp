// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 fully connected layer for AVX2.
//
//   tile        up to 4 images x 16 outs: 8 registers of sums
//   loop order  16 outs, 4 images, step of four ins; the weights of 16 outs (64 KB for 2,048 ins) stay in the
//               second-level cache while the images pass

#include "int8_fully_connected_avx2.h"

#include <cmath>

#include "int8_dot_avx2.h"

namespace tailgate {
namespace {

constexpr int32_t kImages = 4;

size_t steps_of(int32_t ins) { return (size_t)(ins + 3) / 4; }

size_t panel_weights(int32_t ins) { return steps_of(ins) * kDotWeights; }

/// Sums of 16 outs for kRows images, to sums[image][16].
template <int32_t kRows>
void multiply(int32_t ins, const uint8_t* src, const int16_t* weights, int32_t (*sums)[kDotChannels]) {
    DotSums dots[kRows];
    for (int32_t i = 0; i < kRows; ++i) {
        dots[i] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    }
    for (size_t step = 0; step < steps_of(ins); ++step, weights += kDotWeights) {
#pragma GCC unroll 4
        for (int32_t i = 0; i < kRows; ++i) {
            // The last step may read up to three bytes too many; their weights are 0.
            dot_step(dots[i], src + (size_t)i * (size_t)ins + step * 4, weights);
        }
    }
    for (int32_t i = 0; i < kRows; ++i) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums[i]), dots[i].low);
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums[i] + 8), dots[i].high);
    }
}

}  // namespace

size_t int8_fully_connected_packed_bytes_avx2(int32_t ins, int32_t outs) {
    return (size_t)((outs + kDotChannels - 1) / kDotChannels) * panel_weights(ins) * sizeof(int16_t);
}

void int8_fully_connected_pack_avx2(int32_t ins, int32_t outs, const int8_t* weights, int8_t* packed) {
    std::memset(packed, 0, int8_fully_connected_packed_bytes_avx2(ins, outs));
    for (size_t out = 0; out < (size_t)outs; ++out) {
        int16_t* panel = reinterpret_cast<int16_t*>(packed) + out / kDotChannels * panel_weights(ins);
        for (size_t in = 0; in < (size_t)ins; ++in) {
            panel[in / 4 * kDotWeights + dot_weight_index(in % 4, out % kDotChannels)] =
                weights[out * (size_t)ins + in];
        }
    }
}

void int8_fully_connected_avx2(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* packed, const float* scale, const float* bias, float* dst) {
    using Multiply = void (*)(int32_t, const uint8_t*, const int16_t*, int32_t (*)[kDotChannels]);
    static constexpr Multiply by_rows[kImages + 1] = {
        nullptr, multiply<1>, multiply<2>, multiply<3>, multiply<4>};
    for (int32_t out = out_begin; out < out_end; out += kDotChannels) {
        const int32_t outs_here = outs - out < kDotChannels ? outs - out : kDotChannels;
        const int16_t* weights =
            reinterpret_cast<const int16_t*>(packed) + (size_t)(out / kDotChannels) * panel_weights(ins);
        for (int32_t image = 0; image < images; image += kImages) {
            const int32_t rows = images - image < kImages ? images - image : kImages;
            alignas(32) int32_t sums[kImages][kDotChannels];
            by_rows[rows](ins, src + (size_t)image * (size_t)ins, weights, sums);
            for (int32_t i = 0; i < rows; ++i) {
                for (int32_t j = 0; j < outs_here; ++j) {
                    dst[(size_t)(image + i) * (size_t)outs + (size_t)(out + j)] =
                        std::fmaf((float)sums[i][j], scale[out + j], bias[out + j]);
                }
            }
        }
    }
}

}  // namespace tailgate
