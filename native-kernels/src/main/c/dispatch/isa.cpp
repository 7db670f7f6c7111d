// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "isa.h"

#include <array>
#include <string>

#include "../pool/status_error.h"
#include "cpu_features.h"

namespace tailgate {

// Weak: where the compiler has no such target (AVX anywhere but on x86-64), the table is not linked and its address is
// null.
#define TAILGATE_OPTIONAL __attribute__((weak))
extern const F32Kernels kF32Avx2 TAILGATE_OPTIONAL;
extern const F32Kernels kF32Avx512 TAILGATE_OPTIONAL;
extern const F32Kernels kF32Neon TAILGATE_OPTIONAL;
extern const Int8Kernels kInt8Avx2 TAILGATE_OPTIONAL;
extern const Int8Kernels kInt8AvxVnni TAILGATE_OPTIONAL;
extern const Int8Kernels kInt8Avx512Vnni TAILGATE_OPTIONAL;
extern const Int8Kernels kInt8AmxInt8 TAILGATE_OPTIONAL;

namespace {

template <typename Kernels>
struct Candidate {
    tg_isa isa;
    const Kernels* kernels;  // null: not in this build
    bool (*runs_here)();
};

bool always() { return true; }

// Fastest first.
const std::array<Candidate<F32Kernels>, 4> kF32Candidates{{
    {TG_ISA_AVX512, &kF32Avx512, cpu_has_avx512},
    {TG_ISA_AVX2, &kF32Avx2, cpu_has_avx2},
    {TG_ISA_NEON, &kF32Neon, always},
    {TG_ISA_PORTABLE, &kF32Portable, always},
}};
const std::array<Candidate<Int8Kernels>, 5> kInt8Candidates{{
    {TG_ISA_AMX, &kInt8AmxInt8, may_use_amx_int8},
    {TG_ISA_AVX512, &kInt8Avx512Vnni, cpu_has_avx512_vnni},
    {TG_ISA_AVX_VNNI, &kInt8AvxVnni, cpu_has_avx_vnni},
    {TG_ISA_AVX2, &kInt8Avx2, cpu_has_avx2},
    {TG_ISA_PORTABLE, &kInt8Portable, always},
}};

template <typename Candidates>
auto find(const Candidates& candidates, tg_isa isa) -> decltype(candidates.front().kernels) {
    for (auto& candidate : candidates) {
        bool wanted = isa == TG_ISA_BEST || isa == candidate.isa;
        if (wanted && candidate.kernels != nullptr && candidate.runs_here()) return candidate.kernels;
    }
    return nullptr;
}

const char* isa_text(tg_isa isa, const char* of_avx512) {
    switch (isa) {
        case TG_ISA_AVX2: return "AVX2 and FMA";
        case TG_ISA_AVX_VNNI: return "AVX-VNNI";
        case TG_ISA_AVX512: return of_avx512;
        case TG_ISA_AMX: return "AMX-INT8 and the kernel's permission for its registers";
        case TG_ISA_NEON: return "NEON of 64-bit Arm";
        default: return "that";
    }
}

StatusError unsupported(const char* precision, tg_isa isa, const char* of_avx512) {
    return StatusError(
        TG_UNSUPPORTED, std::string(precision) + " kernels that need " + isa_text(isa, of_avx512) +
                            " were asked for, but this build or this CPU has none; take the best or the portable ones");
}

}  // namespace

const F32Kernels& f32_kernels(tg_isa isa) {
    const F32Kernels* kernels = find(kF32Candidates, isa);
    if (kernels == nullptr) throw unsupported("FP32", isa, "AVX-512 F, BW, DQ and VL");
    return *kernels;
}

const Int8Kernels& int8_kernels(tg_isa isa) {
    const Int8Kernels* kernels = find(kInt8Candidates, isa);
    if (kernels == nullptr) throw unsupported("INT8", isa, "AVX-512 F, BW, DQ, VL and VNNI");
    return *kernels;
}

bool isa_supported(tg_isa isa, tg_precision precision) {
    return precision == TG_INT8 ? find(kInt8Candidates, isa) != nullptr : find(kF32Candidates, isa) != nullptr;
}

}  // namespace tailgate
