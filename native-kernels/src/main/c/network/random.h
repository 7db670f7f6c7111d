// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Seeded numbers that are the same on every machine and compiler: integers and exact float steps only, no libm.

#pragma once

#include <cstdint>

namespace tailgate {

/// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixes a number, and any seed is a good one.
class Random {
  public:
    explicit Random(uint64_t seed) : state_(seed) {}

    uint64_t next() {
        uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    /// Uniform in [low, high).
    float uniform(float low, float high) { return low + (high - low) * ((float)(next() >> 40) * 0x1p-24f); }

    /// About normal, mean 0, variance 1, |x| <= 3.47: the sum of four uniforms, all from one draw.
    float normal() {
        uint64_t bits = next();
        auto sum = (int32_t)((bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48));
        return (float)(sum - 2 * 0xffff) * (1.7320508f / 65536.0f);
    }

  private:
    uint64_t state_;
};

}  // namespace tailgate
