// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Four floats in plain C++ for the FP32 kernel templates, with the vector type that GCC and Clang offer on any CPU.

#pragma once

#include <cstdint>
#include <cstring>

namespace tailgate {
namespace {

struct Portable {
    using Vector = float __attribute__((vector_size(16)));
    static constexpr int32_t kWidth = 4;  ///< floats in a Vector
    static constexpr int32_t kTileRows = 6;
    static constexpr int32_t kTileVectors = 2;   ///< 12 sums, 2 weights, 1 activation: 15 of 16 registers
    static constexpr int32_t kPanelDepth = 256;  ///< 256 x 8 weights are 8 KiB, at home in any L1

    static Vector zero() { return Vector{0, 0, 0, 0}; }
    static Vector fill(float x) { return Vector{x, x, x, x}; }
    static Vector load(const float* p) { return load(p, kWidth); }
    static void store(float* p, Vector v) { store(p, v, kWidth); }
    /// The first `lanes` floats, 0 <= lanes <= kWidth; the others read as zero and are not touched.
    static Vector load(const float* p, int32_t lanes) {
        Vector v = zero();
        std::memcpy(&v, p, static_cast<size_t>(lanes) * sizeof(float));
        return v;
    }
    static void store(float* p, Vector v, int32_t lanes) {
        std::memcpy(p, &v, static_cast<size_t>(lanes) * sizeof(float));
    }
    static Vector add(Vector a, Vector b) { return a + b; }
    static Vector sub(Vector a, Vector b) { return a - b; }
    static Vector mul(Vector a, Vector b) { return a * b; }
    /// Rounds twice: most CPUs that need this table have no fused form.
    static Vector fma(Vector a, Vector b, Vector c) { return a * b + c; }
    /// The second where either is not a number, so that NaN in `x` is not hidden by a ReLU.
    static Vector max(Vector floor, Vector x) { return floor > x ? floor : x; }
};

}  // namespace
}  // namespace tailgate
