// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What the CPU can do and the operating system saves on a context switch. Probed, never inferred from a model name.

#pragma once

namespace tailgate {

bool cpu_has_avx2();         ///< AVX2 and FMA
bool cpu_has_avx_vnni();     ///< those and AVX-VNNI
bool cpu_has_avx512();       ///< AVX-512 F, BW, DQ, VL, and FMA
bool cpu_has_avx512_vnni();  ///< those and AVX512_VNNI
bool may_use_amx_int8();     ///< AVX-512 VNNI, AMX-TILE and AMX-INT8, and the kernel lets this process use the tiles

}  // namespace tailgate
