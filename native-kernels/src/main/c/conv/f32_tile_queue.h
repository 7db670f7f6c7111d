// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Collects rows of activations into tiles. A tile runs when the rows of the next one are known, so that those can be
// prefetched meanwhile; and each tile asks for a share of the weights that follow its own, so that the next panel is in
// L2 when it is needed.

#pragma once

#include "f32_tile.h"

namespace tailgate {

template <class Isa>
class TileQueue {
public:
    /// `job` without its rows and offsets; `rows` is how many will be pushed; `next_panel` are the weights that the
    /// caller needs next: `next_columns` floats for each step of this job's depth.
    TileQueue(const TileJob& job, int32_t rows, const float* next_panel, int32_t next_columns = kPanel<Isa>)
        : job_(job) {
        job_.next_panel = next_panel;
        job_.rows = rows_;
        job_.offsets = offsets_;
        // As many lines as they have, over all the tiles and the lines of their rows.
        job_.next_lines = divide_up(next_columns, divide_up(rows, kRows));
    }

    /// For weights that are needed in the order in which they lie.
    TileQueue(const TileJob& job, int32_t rows)
        : TileQueue(job, rows, job.panel + static_cast<ptrdiff_t>(job.depth) * kPanel<Isa>) {}

    /// Copies the rows of each tile side by side to `buffer`, room for all rows, and multiplies the copy. By then they
    /// are in L1, where they were prefetched to while the tile before ran.
    void gather_into(float* buffer) { gathered_ = buffer; }

    /// Adds a row: its `depth` floats, and its offset from the job's start and dst.
    void push(const float* row, ptrdiff_t offset) {
        rows_[filled_] = row;
        offsets_[filled_] = offset;
        if (++filled_ == 2 * kRows) {
            run_first();
        }
    }

    /// Runs what is left; to be called once, after the last push.
    void flush() {
        if (filled_ > kRows) {
            run_first();
        }
        for (int32_t t = 0; t < filled_; ++t) {
            rows_[filled_ + t] = rows_[t];  // nothing comes next
        }
        if (filled_ > 0) {
            gather(filled_);
            run_tile<Isa>(filled_, job_);
        }
    }

private:
    static constexpr int32_t kRows = Isa::kTileRows;

    void run_first() {
        for (int32_t t = filled_; t < 2 * kRows; ++t) {
            rows_[t] = rows_[t - kRows];  // what flush() could not fill
        }
        gather(kRows);
        run_tile<Isa>(kRows, job_);
        job_.next_panel += static_cast<ptrdiff_t>(job_.next_lines) * job_.depth;
        filled_ -= kRows;
        for (int32_t t = 0; t < filled_; ++t) {
            rows_[t] = rows_[kRows + t];
            offsets_[t] = offsets_[kRows + t];
        }
    }

    void gather(int32_t rows) {
        for (int32_t t = 0; gathered_ != nullptr && t < rows; ++t, gathered_ += job_.depth) {
            copy_lanes<Isa>(gathered_, rows_[t], job_.depth);
            rows_[t] = gathered_;
        }
    }

    TileJob job_;
    float* gathered_ = nullptr;
    int32_t filled_ = 0;
    const float* rows_[2 * kRows];
    ptrdiff_t offsets_[2 * kRows];
};

}  // namespace tailgate
