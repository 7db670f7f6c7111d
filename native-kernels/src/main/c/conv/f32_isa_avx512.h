// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// AVX-512 for the FP32 kernel templates. In an anonymous namespace, so that every template instantiated with it is
// local to its object, and no code for another CPU can be linked to it.

#pragma once

#include <immintrin.h>

#include <cstdint>

namespace tailgate {
namespace {

struct Avx512 {
    using Vector = __m512;
    static constexpr int32_t kWidth = 16;  ///< floats in a Vector
    static constexpr int32_t kTileRows = 6;
    static constexpr int32_t kTileVectors = 4;   ///< 24 sums, 4 weights, 1 activation: 29 of 32 registers
    static constexpr int32_t kPanelDepth = 128;  ///< 128 x 64 weights are 32 KiB, which leave L1 room for a tile

    static Vector zero() { return _mm512_setzero_ps(); }
    static Vector fill(float x) { return _mm512_set1_ps(x); }
    static Vector load(const float* p) { return _mm512_loadu_ps(p); }
    static void store(float* p, Vector v) { _mm512_storeu_ps(p, v); }
    /// The first `lanes` floats, 0 <= lanes <= kWidth; the others read as zero and are not touched.
    static Vector load(const float* p, int32_t lanes) { return _mm512_maskz_loadu_ps(mask(lanes), p); }
    static void store(float* p, Vector v, int32_t lanes) { _mm512_mask_storeu_ps(p, mask(lanes), v); }
    static Vector add(Vector a, Vector b) { return _mm512_add_ps(a, b); }
    static Vector sub(Vector a, Vector b) { return _mm512_sub_ps(a, b); }
    static Vector mul(Vector a, Vector b) { return _mm512_mul_ps(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
    /// The second where either is not a number, so that NaN in `x` is not hidden by a ReLU.
    static Vector max(Vector floor, Vector x) { return _mm512_mask_max_ps(x, 0xFFFF, floor, x); }

private:
    static __mmask16 mask(int32_t lanes) { return static_cast<__mmask16>((1u << lanes) - 1u); }
};

}  // namespace
}  // namespace tailgate
