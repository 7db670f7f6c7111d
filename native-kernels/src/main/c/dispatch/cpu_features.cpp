// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "cpu_features.h"

#if defined(__x86_64__)

#include <cpuid.h>

#include "../conv/int8_amx_permission.h"

namespace tailgate {
namespace {

constexpr unsigned kLeafStructuredFeatures = 7;
constexpr unsigned kSubleafMoreFeatures = 1;
constexpr unsigned kEaxAvxVnni = 1u << 4;
constexpr unsigned kEdxAmxTile = 1u << 24;
constexpr unsigned kEdxAmxInt8 = 1u << 25;

}  // namespace

// __builtin_cpu_supports also asks XGETBV whether the operating system saves the registers.
bool cpu_has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool cpu_has_avx_vnni() {
    unsigned eax, ebx, ecx, edx;
    if (!cpu_has_avx2()) return false;
    if (!__get_cpuid_count(kLeafStructuredFeatures, kSubleafMoreFeatures, &eax, &ebx, &ecx, &edx)) return false;
    return (eax & kEaxAvxVnni) != 0;
}

bool cpu_has_avx512() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
}

bool cpu_has_avx512_vnni() { return cpu_has_avx512() && __builtin_cpu_supports("avx512vnni"); }

bool may_use_amx_int8() {
    unsigned eax, ebx, ecx, edx;
    if (!cpu_has_avx512_vnni() || !__get_cpuid_count(kLeafStructuredFeatures, 0, &eax, &ebx, &ecx, &edx)) return false;
    return (edx & kEdxAmxTile) != 0 && (edx & kEdxAmxInt8) != 0 && int8_amx_permitted();
}

}  // namespace tailgate

#else

namespace tailgate {

bool cpu_has_avx2() { return false; }
bool cpu_has_avx_vnni() { return false; }
bool cpu_has_avx512() { return false; }
bool cpu_has_avx512_vnni() { return false; }
bool may_use_amx_int8() { return false; }

}  // namespace tailgate

#endif
