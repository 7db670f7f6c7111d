// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The FP32 kernels for AVX-512 F, BW, DQ and VL: the only object that holds them.

#include "f32_isa_avx512.h"
#include "f32_table.h"

#if !defined(__AVX512F__) || !defined(__AVX512BW__) || !defined(__AVX512DQ__) || !defined(__AVX512VL__)
#error "compile this file with -mavx512f -mavx512bw -mavx512dq -mavx512vl"
#endif

namespace tailgate {

const F32Kernels kF32Avx512 = F32Table<Avx512>::named("avx512");

}  // namespace tailgate
