// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// AVX2 and FMA for the FP32 kernel templates. In an anonymous namespace for the reason given in f32_isa_avx512.h.

#pragma once

#include <immintrin.h>

#include <cstdint>

namespace tailgate {
namespace {

struct Avx2 {
    using Vector = __m256;
    static constexpr int32_t kWidth = 8;  ///< floats in a Vector
    static constexpr int32_t kTileRows = 6;
    static constexpr int32_t kTileVectors = 2;   ///< 12 sums, 2 weights, 1 activation: 15 of 16 registers
    static constexpr int32_t kPanelDepth = 256;  ///< 256 x 16 weights are 16 KiB, half of the smallest L1

    static Vector zero() { return _mm256_setzero_ps(); }
    static Vector fill(float x) { return _mm256_set1_ps(x); }
    static Vector load(const float* p) { return _mm256_loadu_ps(p); }
    static void store(float* p, Vector v) { _mm256_storeu_ps(p, v); }
    /// The first `lanes` floats, 0 <= lanes <= kWidth; the others read as zero and are not touched.
    static Vector load(const float* p, int32_t lanes) { return _mm256_maskload_ps(p, mask(lanes)); }
    static void store(float* p, Vector v, int32_t lanes) { _mm256_maskstore_ps(p, mask(lanes), v); }
    static Vector add(Vector a, Vector b) { return _mm256_add_ps(a, b); }
    static Vector sub(Vector a, Vector b) { return _mm256_sub_ps(a, b); }
    static Vector mul(Vector a, Vector b) { return _mm256_mul_ps(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
    /// The second where either is not a number, so that NaN in `x` is not hidden by a ReLU.
    static Vector max(Vector floor, Vector x) { return _mm256_max_ps(floor, x); }

private:
    static __m256i mask(int32_t lanes) {
        return _mm256_cmpgt_epi32(_mm256_set1_epi32(lanes), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    }
};

}  // namespace
}  // namespace tailgate
