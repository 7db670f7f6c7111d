// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The transforms of Winograd's F(2x2, 3x3) with the points 0, 1, -1, infinity, in integers: weights by 2 G, inputs by
// B^T and outputs by A^T, along columns and then along rows. See int8_winograd_avx2.h for the ranges.

#pragma once

#include "int8_tile_avx2.h"
#include "int8_winograd_tiles.h"

namespace tailgate {
namespace {

constexpr int32_t kPoints = kTileSide * kTileSide;
constexpr int32_t kTransformChannels = 16;  ///< of the input that are transformed at once

/// Output pixels of a tile for 16 channels, as TileSums.
using WinogradPixels = __m256i[kTileOut][kTileOut][2];

/// Point (row, column) of (2 G) g (2 G)^T for taps g [3][3].
inline int16_t winograd_weight(const int8_t* taps, size_t row, size_t column) {
    constexpr int32_t g[kTileSide][3] = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 2}};
    int32_t sum = 0;
    for (int32_t i = 0; i < 3; ++i) {
        for (int32_t j = 0; j < 3; ++j) {
            sum += g[row][i] * g[column][j] * taps[3 * i + j];
        }
    }
    return (int16_t)sum;
}

/// B^T d.
inline __attribute__((always_inline)) void winograd_input_line(const __m256i (&d)[kTileSide], __m256i (&p)[kTileSide]) {
    p[0] = _mm256_sub_epi16(d[0], d[2]);
    p[1] = _mm256_add_epi16(d[1], d[2]);
    p[2] = _mm256_sub_epi16(d[2], d[1]);
    p[3] = _mm256_sub_epi16(d[1], d[3]);
}

/// A^T m.
inline __attribute__((always_inline)) void winograd_output_line(const __m256i (&m)[kTileSide], __m256i (&o)[kTileOut]) {
    o[0] = _mm256_add_epi32(_mm256_add_epi32(m[0], m[1]), m[2]);
    o[1] = _mm256_sub_epi32(_mm256_sub_epi32(m[1], m[2]), m[3]);
}

/// Points of 16 channels of a tile from channel c on, to `points` and every `stride` bytes on.
inline __attribute__((always_inline)) void winograd_input(
    const WinogradTile& tile, int32_t c, uint8_t* points, size_t stride) {
    __m256i columns[kTileSide][kTileSide];
#pragma GCC unroll 4
    for (int32_t x = 0; x < kTileSide; ++x) {
        __m256i d[kTileSide], p[kTileSide];
#pragma GCC unroll 4
        for (int32_t y = 0; y < kTileSide; ++y) {
            const uint8_t* pixel = tile.src + tile.row[y] + tile.column[x] + c;
            d[y] = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel)));
        }
        winograd_input_line(d, p);
#pragma GCC unroll 4
        for (int32_t y = 0; y < kTileSide; ++y) {
            columns[y][x] = p[y];
        }
    }
#pragma GCC unroll 4
    for (int32_t y = 0; y < kTileSide; ++y) {
        __m256i p[kTileSide];
        winograd_input_line(columns[y], p);
#pragma GCC unroll 4
        for (int32_t x = 0; x < kTileSide; ++x, points += stride) {
            _mm256_store_si256(reinterpret_cast<__m256i*>(points), p[x]);
        }
    }
}

/// The sums of a tile's pixels from products of 16 channels at `products` and every `stride` bytes on.
inline __attribute__((always_inline)) void winograd_output(
    const uint8_t* products, size_t stride, WinogradPixels& pixels) {
#pragma GCC unroll 2
    for (int32_t half = 0; half < 2; ++half) {
        const uint8_t* point = products + (size_t)half * sizeof(__m256i);
        __m256i columns[kTileOut][kTileSide];
#pragma GCC unroll 4
        for (int32_t x = 0; x < kTileSide; ++x) {
            __m256i m[kTileSide], o[kTileOut];
#pragma GCC unroll 4
            for (int32_t y = 0; y < kTileSide; ++y) {
                m[y] = _mm256_load_si256(
                    reinterpret_cast<const __m256i*>(point + (size_t)(y * kTileSide + x) * stride));
            }
            winograd_output_line(m, o);
            columns[0][x] = o[0];
            columns[1][x] = o[1];
        }
#pragma GCC unroll 2
        for (int32_t y = 0; y < kTileOut; ++y) {
            __m256i o[kTileOut];
            winograd_output_line(columns[y], o);
            pixels[y][0][half] = _mm256_srai_epi32(o[0], 2);
            pixels[y][1][half] = _mm256_srai_epi32(o[1], 2);
        }
    }
}

}  // namespace
}  // namespace tailgate
