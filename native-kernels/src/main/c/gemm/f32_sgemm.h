// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// SGEMM on a packed right-hand side, the control experiment beside the network: nothing but multiply-adds.
//
//   order    blocks of rows, then of columns, then steps of the depth that fit L1, then panels of B, then tiles of
//            rows. A block of C, through which its sums pass once a step, stays in L2 beside a step of B: at 2048
//            1.04 times as fast as blocks as wide as C
//   gather   a block's first panel copies a step of A's rows next to each other, as f32_reduce.h does and for the same
//            reason

#pragma once

#include <algorithm>

#include "../conv/conv_shape.h"
#include "../conv/f32_panel.h"
#include "../conv/f32_tile_queue.h"

namespace tailgate {

template <class Isa>
class Sgemm {
public:
    /// Row-major `a` [m][k] and `c` [m][n]; `packed_b` as pack_panels left it.
    Sgemm(int32_t n, int32_t k, const float* a, const float* packed_b, float* c)
        : n_(n), k_(k), a_(a), packed_b_(packed_b), c_(c) {}

    void run(int32_t row_begin, int32_t row_end) const {
        if (row_begin == row_end) {
            return;
        }
        const int32_t blocks = divide_up(row_end - row_begin, kBlockRows);
        const int32_t rows = whole(row_end - row_begin, blocks, Isa::kTileRows);
        const int32_t columns = whole(n_, divide_up(n_, kBlockColumns), kPanel<Isa>);
        for (int32_t row = row_begin; row < row_end; row += rows) {
            for (int32_t column = 0; column < n_; column += columns) {
                run_block({row, std::min(row + rows, row_end), column, std::min(column + columns, n_)});
            }
        }
    }

private:
    static constexpr int32_t kGatheredFloats = 24 << 10;  // 96 KiB of stack, and of L2
    static constexpr int32_t kBlockRows = kGatheredFloats / Isa::kPanelDepth / Isa::kTileRows * Isa::kTileRows;
    static constexpr int32_t kBlockColumns = 512;

    /// Of C.
    struct Block {
        int32_t row_begin;
        int32_t row_end;
        int32_t column_begin;
        int32_t column_end;
    };

    /// The length of `parts` equal parts of `size`, in whole units.
    static int32_t whole(int32_t size, int32_t parts, int32_t unit) {
        return divide_up(divide_up(size, parts), unit) * unit;
    }

    const float* panel(int32_t column, int32_t begin) const {
        return packed_b_ + static_cast<ptrdiff_t>(column) * k_ + static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
    }

    void run_block(const Block& block) const {
        alignas(kAlignment) float gathered[kGatheredFloats];  // [row][depth]
        const int32_t step = depth_step<Isa>(k_);
        for (int32_t begin = 0; begin < k_; begin += step) {
            const int32_t depth = std::min(step, k_ - begin);
            for (int32_t column = block.column_begin; column < block.column_end; column += kPanel<Isa>) {
                const bool last = column + kPanel<Isa> >= block.column_end;
                const float* next =
                    last ? panel(block.column_begin, begin + depth) : panel(column + kPanel<Isa>, begin);
                multiply(block, column, begin, depth, next, gathered);
            }
        }
    }

    void multiply(
        const Block& block, int32_t column, int32_t begin, int32_t depth, const float* next_panel,
        float* gathered) const {
        const bool first = column == block.column_begin;
        const int32_t rows = block.row_end - block.row_begin;
        TileJob job{};
        job.panel = panel(column, begin);
        job.depth = depth;
        job.dst = c_ + column;
        job.start = begin == 0 ? nullptr : job.dst;
        job.columns = std::min(kPanel<Isa>, n_ - column);
        TileQueue<Isa> queue(job, rows, next_panel);
        if (first) {
            queue.gather_into(gathered);
        }
        for (ptrdiff_t i = 0; i < rows; ++i) {
            const ptrdiff_t row = block.row_begin + i;
            queue.push(first ? a_ + row * k_ + begin : gathered + i * depth, row * n_);
        }
        queue.flush();
    }

    int32_t n_;
    int32_t k_;
    const float* a_;
    const float* packed_b_;
    float* c_;
};

}  // namespace tailgate
