// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Plain loops that say what the FP32 kernels must compute, summed in double precision. For tests and for checking a
// whole network, not for speed. Layouts as in f32_kernels.h; weights stay OIHW.

#pragma once

#include "conv_shape.h"

namespace tailgate::reference {

/// dst = [relu](conv(src, oihw) + bias [+ residual]), all images. `residual` is NHWC like dst, nullptr, or dst itself.
/// `magnitude`, if not nullptr, receives for each element of dst the sum of the absolute values that were added: what a
/// rounding error is to be compared with.
void convolve(
    const ConvShape& shape, const float* src, const float* oihw, const float* bias, const float* residual, bool relu,
    float* dst, float* magnitude);

/// Maximum over the window, padding left out, all images.
void max_pool(const ConvShape& shape, const float* src, float* dst);

/// dst[image][channel] = mean over the pixels.
void average_pool(int32_t images, int32_t pixels, int32_t channels, const float* src, float* dst);

/// dst[image][out] = bias[out] + sum_in src[image][in] * weights[in][out].
void fully_connected(
    int32_t images, int32_t ins, int32_t outs, const float* src, const float* weights, const float* bias, float* dst);

/// Row-major C[m][n] = A[m][k] * B[k][n].
void sgemm(int32_t m, int32_t n, int32_t k, const float* a, const float* b, float* c);

}  // namespace tailgate::reference
