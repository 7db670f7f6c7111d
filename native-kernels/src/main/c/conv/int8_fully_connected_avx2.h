// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The fully connected layer of the AVX2 table; arguments as in Int8Kernels. Needs AVX2 and FMA.

#pragma once

#include <cstddef>
#include <cstdint>

namespace tailgate {

size_t int8_fully_connected_packed_bytes_avx2(int32_t ins, int32_t outs);

/// Packed layout: [outs / 16][ins / 4] steps of int8_dot_avx2.h, missing outs and ins 0.
void int8_fully_connected_pack_avx2(int32_t ins, int32_t outs, const int8_t* weights, int8_t* packed);

void int8_fully_connected_avx2(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* packed, const float* scale, const float* bias, float* dst);

}  // namespace tailgate
