// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The transforms of Winograd's F(4x4, 3x3) with the points 0, 1, -1, 2, -2, infinity: weights by G, inputs by B^T and
// outputs by A^T, along columns and then along rows. Inputs and outputs go a register of channels at a time.

#pragma once

#include "f32_tile.h"

namespace tailgate {

constexpr int32_t kWinogradOut = 4;   ///< output pixels along a side of a tile
constexpr int32_t kWinogradSide = 6;  ///< input pixels along a side of a tile

/// Point (row, column) of G * taps * G^T for taps [3][3]; in double, because it is computed once.
inline float winograd_weight(const float* taps, int32_t row, int32_t column) {
    constexpr double g[6][3] = {{1.0 / 4, 0, 0},
                                {-1.0 / 6, -1.0 / 6, -1.0 / 6},
                                {-1.0 / 6, 1.0 / 6, -1.0 / 6},
                                {1.0 / 24, 1.0 / 12, 1.0 / 6},
                                {1.0 / 24, -1.0 / 12, 1.0 / 6},
                                {0, 0, 1}};
    double sum = 0.0;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            sum += g[row][i] * g[column][j] * static_cast<double>(taps[3 * i + j]);
        }
    }
    return static_cast<float>(sum);
}

/// G * g.
template <class Isa>
inline void winograd_weight_line(const typename Isa::Vector (&g)[3], typename Isa::Vector (&p)[6]) {
    using Vector = typename Isa::Vector;
    const Vector sixth = Isa::fill(1.0f / 6), twelfth = Isa::fill(1.0f / 12);
    p[0] = Isa::mul(Isa::fill(1.0f / 4), g[0]);
    const Vector even = Isa::mul(Isa::fill(-1.0f / 6), Isa::add(g[0], g[2]));
    const Vector odd = Isa::mul(sixth, g[1]);
    p[1] = Isa::sub(even, odd);
    p[2] = Isa::add(even, odd);
    const Vector even2 = Isa::fma(Isa::fill(1.0f / 24), g[0], Isa::mul(sixth, g[2]));
    const Vector odd2 = Isa::mul(twelfth, g[1]);
    p[3] = Isa::add(even2, odd2);
    p[4] = Isa::sub(even2, odd2);
    p[5] = g[2];
}

/// Transforms the nine taps of a register of channels out, kPanel floats apart, into 36 points, `stride` floats apart.
template <class Isa>
inline void winograd_weights(const float* taps, float* points, ptrdiff_t stride) {
    using Vector = typename Isa::Vector;
    Vector columns[6][3];
    TAILGATE_UNROLL for (int x = 0; x < 3; ++x) {
        Vector g[3], p[6];
        TAILGATE_UNROLL for (int y = 0; y < 3; ++y) { g[y] = Isa::load(taps + (3 * y + x) * kPanel<Isa>); }
        winograd_weight_line<Isa>(g, p);
        TAILGATE_UNROLL for (int y = 0; y < 6; ++y) { columns[y][x] = p[y]; }
    }
    TAILGATE_UNROLL for (int y = 0; y < 6; ++y) {
        Vector p[6];
        winograd_weight_line<Isa>(columns[y], p);
        TAILGATE_UNROLL for (int x = 0; x < 6; ++x) { Isa::store(points + (6 * y + x) * stride, p[x]); }
    }
}

/// B^T * d.
template <class Isa>
inline void winograd_input_line(const typename Isa::Vector (&d)[6], typename Isa::Vector (&p)[6]) {
    using Vector = typename Isa::Vector;
    const Vector two = Isa::fill(2.0f), four = Isa::fill(4.0f), minus_four = Isa::fill(-4.0f);
    const Vector minus_five = Isa::fill(-5.0f);
    p[0] = Isa::fma(four, d[0], Isa::fma(minus_five, d[2], d[4]));
    const Vector even = Isa::fma(minus_four, d[2], d[4]);
    const Vector odd = Isa::fma(minus_four, d[1], d[3]);
    p[1] = Isa::add(even, odd);
    p[2] = Isa::sub(even, odd);
    const Vector even2 = Isa::sub(d[4], d[2]);
    const Vector odd2 = Isa::mul(two, Isa::sub(d[3], d[1]));
    p[3] = Isa::add(even2, odd2);
    p[4] = Isa::sub(even2, odd2);
    p[5] = Isa::fma(four, d[1], Isa::fma(minus_five, d[3], d[5]));
}

/// A^T * p.
template <class Isa>
inline void winograd_output_line(const typename Isa::Vector (&p)[6], typename Isa::Vector (&out)[4]) {
    using Vector = typename Isa::Vector;
    const Vector sum1 = Isa::add(p[1], p[2]), difference1 = Isa::sub(p[1], p[2]);
    const Vector sum2 = Isa::add(p[3], p[4]), difference2 = Isa::sub(p[3], p[4]);
    out[0] = Isa::add(Isa::add(p[0], sum1), sum2);
    out[1] = Isa::fma(Isa::fill(2.0f), difference2, difference1);
    out[2] = Isa::fma(Isa::fill(4.0f), sum2, sum1);
    out[3] = Isa::add(Isa::fma(Isa::fill(8.0f), difference2, difference1), p[5]);
}

/// Transforms channels [channel, channel + lanes) of the 36 `pixels` into 36 rows of points, `stride` floats apart.
/// `kWhole`: lanes is the width of a register.
template <class Isa, bool kWhole>
inline void winograd_input(
    const float* const (&pixels)[36], int32_t channel, int32_t lanes, float* points, ptrdiff_t stride) {
    using Vector = typename Isa::Vector;
    Vector columns[6][6];
    TAILGATE_UNROLL for (int x = 0; x < 6; ++x) {
        Vector d[6], p[6];
        TAILGATE_UNROLL for (int y = 0; y < 6; ++y) {
            d[y] = load_lanes<Isa, kWhole>(pixels[6 * y + x] + channel, lanes);
        }
        winograd_input_line<Isa>(d, p);
        TAILGATE_UNROLL for (int y = 0; y < 6; ++y) { columns[y][x] = p[y]; }
    }
    TAILGATE_UNROLL for (int y = 0; y < 6; ++y) {
        Vector p[6];
        winograd_input_line<Isa>(columns[y], p);
        TAILGATE_UNROLL for (int x = 0; x < 6; ++x) { Isa::store(points + (6 * y + x) * stride, p[x]); }
    }
}

/// Where the pixels of one tile go, for one register of channels.
struct WinogradOutput {
    int32_t rows;     ///< of the tile that lie in the image, 1..4
    int32_t columns;  ///< likewise
    int32_t lanes;
    ptrdiff_t row_stride;  ///< floats from a pixel to the one below, in dst and residual
    ptrdiff_t column_stride;
    const float* bias;
    const float* residual;  ///< nullptr: none
    float* dst;
    bool relu;
};

/// Transforms 36 rows of points, `stride` floats apart, into pixels.
template <class Isa>
inline void winograd_output(const float* points, ptrdiff_t stride, const WinogradOutput& out) {
    using Vector = typename Isa::Vector;
    Vector columns[4][6];
    TAILGATE_UNROLL for (int x = 0; x < 6; ++x) {
        Vector p[6], o[4];
        TAILGATE_UNROLL for (int y = 0; y < 6; ++y) { p[y] = Isa::load(points + (6 * y + x) * stride); }
        winograd_output_line<Isa>(p, o);
        TAILGATE_UNROLL for (int y = 0; y < 4; ++y) { columns[y][x] = o[y]; }
    }
    const Vector bias = Isa::load(out.bias, out.lanes);
    for (int y = 0; y < out.rows; ++y) {
        Vector o[4];
        winograd_output_line<Isa>(columns[y], o);
        for (int x = 0; x < out.columns; ++x) {
            const ptrdiff_t at = y * out.row_stride + x * out.column_stride;
            Vector pixel = Isa::add(o[x], bias);
            if (out.residual != nullptr) {
                pixel = Isa::add(pixel, Isa::load(out.residual + at, out.lanes));
            }
            pixel = out.relu ? Isa::max(Isa::zero(), pixel) : pixel;
            Isa::store(out.dst + at, pixel, out.lanes);
        }
    }
}

}  // namespace tailgate
