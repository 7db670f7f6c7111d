// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Advanced SIMD of 64-bit Arm for the FP32 kernel templates. In an anonymous namespace for the reason given in
// f32_isa_avx512.h.

#pragma once

#include <arm_neon.h>

#include <cstdint>
#include <cstring>

namespace tailgate {
namespace {

struct Neon {
    using Vector = float32x4_t;
    static constexpr int32_t kWidth = 4;  ///< floats in a Vector
    static constexpr int32_t kTileRows = 6;
    static constexpr int32_t kTileVectors = 4;   ///< 24 sums, 4 weights, 1 activation: 29 of 32 registers
    static constexpr int32_t kPanelDepth = 256;  ///< 256 x 16 weights are 16 KiB, half of the smallest L1

    static Vector zero() { return vdupq_n_f32(0); }
    static Vector fill(float x) { return vdupq_n_f32(x); }
    static Vector load(const float* p) { return vld1q_f32(p); }
    static void store(float* p, Vector v) { vst1q_f32(p, v); }
    /// The first `lanes` floats, 0 <= lanes <= kWidth; the others read as zero and are not touched.
    static Vector load(const float* p, int32_t lanes) {
        float padded[kWidth] = {};
        std::memcpy(padded, p, static_cast<size_t>(lanes) * sizeof(float));
        return vld1q_f32(padded);
    }
    static void store(float* p, Vector v, int32_t lanes) {
        std::memcpy(p, &v, static_cast<size_t>(lanes) * sizeof(float));
    }
    static Vector add(Vector a, Vector b) { return vaddq_f32(a, b); }
    static Vector sub(Vector a, Vector b) { return vsubq_f32(a, b); }
    static Vector mul(Vector a, Vector b) { return vmulq_f32(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return vfmaq_f32(c, a, b); }
    /// The second where either is not a number, so that NaN in `x` is not hidden by a ReLU.
    static Vector max(Vector floor, Vector x) { return vbslq_f32(vcgtq_f32(floor, x), floor, x); }
};

}  // namespace
}  // namespace tailgate
