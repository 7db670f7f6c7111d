// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The FP32 kernels in plain C++, for any CPU: the only object that holds them.

#include "f32_isa_portable.h"
#include "f32_table.h"

namespace tailgate {

const F32Kernels kF32Portable = F32Table<Portable>::named("portable");

}  // namespace tailgate
