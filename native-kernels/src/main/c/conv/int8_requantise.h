// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The last step of every INT8 convolution, one value at a time: the formula of int8_kernels.h in plain C++. The vector
// versions (int8_requantise_avx512.h, int8_requantise_avx2.h) must give the same bits.

#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "int8_kernels.h"

namespace tailgate {
namespace {

/// Nearest integer, ties to even (the default rounding mode), limited to [low, high].
inline int32_t round_and_saturate(float value, int32_t low, int32_t high) {
    const float rounded = std::nearbyintf(value);
    return rounded < (float)low ? low : rounded > (float)high ? high : (int32_t)rounded;
}

/// Writes dst[index] for output channel `k`; reads the residual at the same index first, so it may be dst itself.
inline void requantise(const Int8Conv& conv, int32_t sum, int32_t k, size_t index, void* dst) {
    float value = std::fmaf((float)sum, conv.scale[k], conv.bias[k]);
    if (conv.residual != nullptr) {
        const float residual = conv.residual_signed ? (float)static_cast<const int8_t*>(conv.residual)[index]
                                                    : (float)static_cast<const uint8_t*>(conv.residual)[index];
        value = std::fmaf(conv.residual_scale, residual, value);
    }
    if (conv.dst_signed) {
        static_cast<int8_t*>(dst)[index] = (int8_t)round_and_saturate(value, -128, 127);
    } else {
        static_cast<uint8_t*>(dst)[index] = (uint8_t)round_and_saturate(value, 0, 255);
    }
}

}  // namespace
}  // namespace tailgate
