// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// SGEMM on a packed right-hand side, the control experiment beside the network: nothing but multiply-adds.
//
//   order   blocks of rows of A that fit L2, then panels of B, then steps of the depth that fit L1, then tiles of rows

#pragma once

#include <algorithm>

#include "../conv/f32_panel.h"
#include "../conv/f32_tile_queue.h"

namespace tailgate {

/// C[m][n] += or = A[m][k] * B[k][n] for the rows of a block.
template <class Isa>
class Sgemm {
public:
    /// Row-major `a` [m][k] and `c` [m][n]; `packed_b` as pack_panels left it.
    Sgemm(int32_t n, int32_t k, const float* a, const float* packed_b, float* c)
        : n_(n), k_(k), a_(a), packed_b_(packed_b), c_(c) {}

    void run(int32_t row_begin, int32_t row_end) const {
        const int32_t wanted = kBlockFloats / k_ / Isa::kTileRows * Isa::kTileRows;
        const int32_t block = std::max(wanted, Isa::kTileRows);
        for (int32_t row = row_begin; row < row_end; row += block) {
            run_block(row, std::min(row + block, row_end));
        }
    }

private:
    static constexpr int32_t kBlockFloats = 1 << 18;  // of A: 1 MiB of L2

    void run_block(int32_t row_begin, int32_t row_end) const {
        const int32_t step = depth_step<Isa>(k_);
        for (int32_t column = 0; column < n_; column += kPanel<Isa>) {
            for (int32_t begin = 0; begin < k_; begin += step) {
                run_step(row_begin, row_end, column, begin, std::min(begin + step, k_));
            }
        }
    }

    void run_step(int32_t row_begin, int32_t row_end, int32_t column, int32_t begin, int32_t end) const {
        TileJob job{};
        job.panel = packed_b_ + static_cast<ptrdiff_t>(column) * k_ + static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
        job.depth = end - begin;
        job.dst = c_ + column;
        job.start = begin == 0 ? nullptr : job.dst;
        job.columns = std::min(kPanel<Isa>, n_ - column);
        TileQueue<Isa> queue(job, row_end - row_begin);
        for (ptrdiff_t row = row_begin; row < row_end; ++row) {
            queue.push(a_ + row * k_ + begin, row * n_);
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
