// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The FP32 kernels for 64-bit Arm, all of which has these instructions: the only object that holds them.

#include "f32_isa_neon.h"
#include "f32_table.h"

#if !defined(__aarch64__)
#error "compile this file for 64-bit Arm"
#endif

namespace tailgate {

const F32Kernels kF32Neon = F32Table<Neon>::named("neon");

}  // namespace tailgate
