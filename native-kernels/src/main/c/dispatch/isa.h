// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Which kernel tables this build has and this CPU can run, and which of them to take.

#pragma once

#include "../conv/f32_kernels.h"
#include "../conv/int8_kernels.h"
#include "../include/tailgate_kernels.h"

namespace tailgate {

/// The table of this instruction set, or the fastest for TG_ISA_BEST. Throws StatusError TG_UNSUPPORTED.
const F32Kernels& f32_kernels(tg_isa isa);
const Int8Kernels& int8_kernels(tg_isa isa);

bool isa_supported(tg_isa isa, tg_precision precision);

}  // namespace tailgate
