// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Every operation of Int8Kernels once more in the plainest C++, from unpacked weights: what each table is tested
// against, bit for bit. Layouts and arithmetic are those of int8_kernels.h; slow on purpose.

#pragma once

#include "int8_kernels.h"

namespace tailgate {

/// @param[in] oihw Weights [channels_out][channels_in][kernel][kernel]; conv.weights is not read.
void int8_reference_convolve(
    const Int8Conv& conv, const ConvPart& part, const int8_t* oihw, const uint8_t* src, void* dst);

void int8_reference_max_pool(
    const ConvShape& shape, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border);

void int8_reference_average_pool(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst);

/// @param[in] weights [outs][ins], not packed.
void int8_reference_fully_connected(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* weights, const float* scale, const float* bias, float* dst);

}  // namespace tailgate
