// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The register tile in which every FP32 kernel spends its time: a few rows of activations times one panel of weights.
//
//   tile    kTileRows x kTileVectors registers of sums; each weight register serves all rows, each broadcast activation
//           all vectors
//   panel   kPanel = kTileVectors * kWidth channels of weights, [depth][kPanel]; at most kPanelDepth deep, so that it
//           stays in L1 while the caller walks all rows past it. Deeper sums go through dst several times
//   rows    are wherever their pointers say: neighbours, pixels of a strided convolution, tiles of a transform
//   start   what is already there is added last: its cache lines are asked for before the loop and arrive during it

#pragma once

#include <cstddef>
#include <cstdint>

#define TAILGATE_UNROLL _Pragma("GCC unroll 16")
/// For what takes a tile's sums: they are registers only if all of it is inlined.
#define TAILGATE_INLINE inline __attribute__((always_inline))

namespace tailgate {

/// Floats in a cache line.
constexpr int32_t kLine = 16;

constexpr int32_t divide_up(int32_t a, int32_t b) { return (a + b - 1) / b; }

template <class Isa>
constexpr int32_t kPanel = Isa::kTileVectors * Isa::kWidth;

/// dst[row] = [relu](bias + sum + start[row]) of one tile.
struct TileJob {
    const float* const* rows;  ///< `depth` floats each; after the tile's own rows those of the next, to prefetch
    const float* panel;        ///< [depth][kPanel]
    int32_t depth;
    const float* next_panel;   ///< weights to bring to L2 meanwhile:
    int32_t next_lines;        ///< cache lines of them for each cache line of a row
    const ptrdiff_t* offsets;  ///< of each row from start and from dst, in floats
    const float* start;        ///< nullptr: zeros; may be dst
    const float* bias;         ///< [columns], nullptr: zeros
    float* dst;
    bool relu;
    int32_t columns;  ///< of the panel that exist in start, bias and dst: 1..kPanel
};

template <class Isa, bool kWhole>
inline typename Isa::Vector load_lanes(const float* p, int32_t lanes) {
    if (kWhole) {
        return Isa::load(p);
    }
    return Isa::load(p, lanes);
}

template <class Isa, bool kWhole>
inline void store_lanes(float* p, typename Isa::Vector v, int32_t lanes) {
    if (kWhole) {
        Isa::store(p, v);
    } else {
        Isa::store(p, v, lanes);
    }
}

template <class Isa>
inline void copy_lanes(float* to, const float* from, int32_t count) {
    int32_t i = 0;
    for (; i + Isa::kWidth <= count; i += Isa::kWidth) {
        Isa::store(to + i, Isa::load(from + i));
    }
    if (i < count) {
        Isa::store(to + i, Isa::load(from + i, count - i), count - i);
    }
}

/// Lanes of vector `vector` that are among the first `columns` columns.
template <class Isa>
inline int32_t lanes_of(int32_t columns, int32_t vector) {
    const int32_t left = columns - vector * Isa::kWidth;
    return left < 0 ? 0 : left > Isa::kWidth ? Isa::kWidth : left;
}

/// sum += rows[..][k] * panel[k] for k < depth.
template <class Isa, int kRows>
TAILGATE_INLINE void multiply_line(
    const float* const (&rows)[kRows], const float* panel, int32_t first, int32_t depth,
    typename Isa::Vector (&sum)[kRows][Isa::kTileVectors]) {
    for (int32_t k = 0; k < depth; ++k, panel += kPanel<Isa>) {
        typename Isa::Vector weights[Isa::kTileVectors];
        TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
            weights[v] = Isa::load(panel + v * Isa::kWidth);
        }
        TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) {
            const typename Isa::Vector x = Isa::fill(rows[t][first + k]);
            TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
                sum[t][v] = Isa::fma(x, weights[v], sum[t][v]);
            }
        }
    }
}

/// sum += rows * panel. Prefetches as it goes, because a burst would fill the buffers that the loop's own misses need.
template <class Isa, int kRows>
TAILGATE_INLINE void multiply_tile(const TileJob& job, typename Isa::Vector (&sum)[kRows][Isa::kTileVectors]) {
    const float* rows[kRows];
    TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) { rows[t] = job.rows[t]; }
    const float* panel = job.panel;
    const float* next = job.next_panel;
    int32_t k = 0;
    for (; k + kLine <= job.depth; k += kLine, panel += kLine * kPanel<Isa>) {
        TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) { __builtin_prefetch(job.rows[kRows + t] + k); }
        for (int32_t i = 0; i < job.next_lines; ++i, next += kLine) {
            __builtin_prefetch(next, 0, 2);  // 2: to L2, since L1 is full of this panel
        }
        multiply_line<Isa, kRows>(rows, panel, k, kLine, sum);
    }
    multiply_line<Isa, kRows>(rows, panel, k, job.depth - k, sum);
}

/// Asks for the lines that finish_tile() will touch.
template <class Isa, int kRows>
TAILGATE_INLINE void prefetch_start(const TileJob& job) {
    TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) {
        const float* start = (job.start != nullptr ? job.start : job.dst) + job.offsets[t];
        TAILGATE_UNROLL for (int32_t column = 0; column < kPanel<Isa>; column += kLine) {
            __builtin_prefetch(start + column);
        }
    }
}

/// sum = bias in every row.
template <class Isa, int kRows, bool kWhole>
TAILGATE_INLINE void start_tile(const TileJob& job, typename Isa::Vector (&sum)[kRows][Isa::kTileVectors]) {
    TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
        typename Isa::Vector bias = Isa::zero();
        if (job.bias != nullptr) {
            bias = load_lanes<Isa, kWhole>(job.bias + v * Isa::kWidth, lanes_of<Isa>(job.columns, v));
        }
        TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) { sum[t][v] = bias; }
    }
}

/// dst = [relu](sum + start).
template <class Isa, int kRows, bool kWhole>
TAILGATE_INLINE void finish_tile(const TileJob& job, typename Isa::Vector (&sum)[kRows][Isa::kTileVectors]) {
    if (job.start != nullptr) {
        TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) {
            TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
                const float* start = job.start + job.offsets[t] + v * Isa::kWidth;
                sum[t][v] = Isa::add(sum[t][v], load_lanes<Isa, kWhole>(start, lanes_of<Isa>(job.columns, v)));
            }
        }
    }
    if (job.relu) {
        TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) {
            TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
                sum[t][v] = Isa::max(Isa::zero(), sum[t][v]);
            }
        }
    }
    TAILGATE_UNROLL for (int t = 0; t < kRows; ++t) {
        TAILGATE_UNROLL for (int v = 0; v < Isa::kTileVectors; ++v) {
            float* dst = job.dst + job.offsets[t] + v * Isa::kWidth;
            store_lanes<Isa, kWhole>(dst, sum[t][v], lanes_of<Isa>(job.columns, v));
        }
    }
}

/// `kWhole`: all columns of the panel exist, so no lane needs a mask.
template <class Isa, int kRows, bool kWhole>
void run_tile(const TileJob& job) {
    prefetch_start<Isa, kRows>(job);
    typename Isa::Vector sum[kRows][Isa::kTileVectors];
    start_tile<Isa, kRows, kWhole>(job, sum);
    multiply_tile<Isa, kRows>(job, sum);
    finish_tile<Isa, kRows, kWhole>(job, sum);
}

/// The tile of `rows` rows, 1..kTileRows.
template <class Isa, int kRows = Isa::kTileRows>
void run_tile(int32_t rows, const TileJob& job) {
    if constexpr (kRows > 1) {
        if (rows < kRows) {
            return run_tile<Isa, kRows - 1>(rows, job);
        }
    }
    return job.columns == kPanel<Isa> ? run_tile<Isa, kRows, true>(job) : run_tile<Isa, kRows, false>(job);
}

}  // namespace tailgate
