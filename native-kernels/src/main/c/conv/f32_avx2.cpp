// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The FP32 kernels for AVX2 and FMA: the only object that holds them.

#include "f32_isa_avx2.h"
#include "f32_table.h"

#if !defined(__AVX2__) || !defined(__FMA__)
#error "compile this file with -mavx2 -mfma"
#endif

namespace tailgate {

const F32Kernels kF32Avx2 = F32Table<Avx2>::named("avx2");

}  // namespace tailgate
