// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// SGEMM on a packed right-hand side, the control experiment beside the network: nothing but multiply-adds.
//
//   order    blocks of rows, then steps of the depth that fit L1, then panels of B, then tiles of rows
//   gather   the first panel copies a step of A's rows next to each other, as f32_reduce.h does and for the same reason

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
        const int32_t step = depth_step<Isa>(k_);
        for (int32_t row = row_begin; row < row_end; row += kBlockRows) {
            const int32_t rows = std::min(kBlockRows, row_end - row);
            for (int32_t begin = 0; begin < k_; begin += step) {
                run_step(row, rows, begin, std::min(step, k_ - begin));
            }
        }
    }

private:
    static constexpr int32_t kGatheredFloats = 24 << 10;  // 96 KiB of stack, and of L2
    static constexpr int32_t kBlockRows = kGatheredFloats / Isa::kPanelDepth;

    void run_step(int32_t first, int32_t rows, int32_t begin, int32_t depth) const {
        alignas(kAlignment) float gathered[kGatheredFloats];  // [row][depth]
        for (int32_t column = 0; column < n_; column += kPanel<Isa>) {
            TileJob job{};
            job.panel = packed_b_ + static_cast<ptrdiff_t>(column) * k_ + static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
            job.depth = depth;
            job.dst = c_ + column;
            job.start = begin == 0 ? nullptr : job.dst;
            job.columns = std::min(kPanel<Isa>, n_ - column);
            TileQueue<Isa> queue(job, rows, job.panel + static_cast<ptrdiff_t>(k_) * kPanel<Isa>);
            if (column == 0) {
                queue.gather_into(gathered);
            }
            for (ptrdiff_t i = 0; i < rows; ++i) {
                queue.push(column == 0 ? a_ + (first + i) * k_ + begin : gathered + i * depth, (first + i) * n_);
            }
            queue.flush();
        }
    }

    int32_t n_;
    int32_t k_;
    const float* a_;
    const float* packed_b_;
    float* c_;
};

}  // namespace tailgate
