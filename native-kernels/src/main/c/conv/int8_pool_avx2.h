// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Pooling for the AVX2 table; arguments as in Int8Kernels. Needs AVX2.

#pragma once

#include "conv_shape.h"

namespace tailgate {

void int8_max_pool_avx2(
    const ConvShape& shape, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border);

void int8_average_pool_avx2(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst);

}  // namespace tailgate
