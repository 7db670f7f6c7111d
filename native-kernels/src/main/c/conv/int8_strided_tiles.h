// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts the output pixels of a ConvPart into tiles whose pixels lie at one constant stride in the source: what an AMX
// tile load reads without any packing.
//
//   position  a pixel, or a border column between two rows: it is computed with the others and dropped, because a full
//             tile with two dropped rows is faster than a tile of fourteen
//   run       the longest sequence of positions at constant stride: the whole part for 1x1 without border and stride,
//             the rows of one image through its border for stride 1, or one row
//
// All tiles have rows() positions: the last one of a run starts early, over the one before, and drops what that has.

#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_kernels.h"

namespace tailgate {
namespace {

constexpr int32_t kTileRows = 16;
constexpr ptrdiff_t kDropped = -1;

/// Position i has its first tap at src + i * source_step().
struct StridedTile {
    const uint8_t* src;
    ptrdiff_t dst[kTileRows];  ///< byte offset of the pixel's first channel in the bordered dst, or kDropped
};

class StridedTiles {
  public:
    StridedTiles(const Int8Conv& conv, const ConvPart& part, const uint8_t* src)
        : conv_(conv), part_(part), src_(src), out_height_(conv.shape.out_height()),
          out_width_(conv.shape.out_width()), row_(part.row_begin) {
        const ConvShape& s = conv.shape;
        const bool flat = s.kernel == 1 && s.stride == 1 && conv.src_border == 0;
        rows_per_run_ = flat ? s.rows() : s.stride == 1 ? out_height_ : 1;
        pitch_ = flat ? out_width_ : s.width + 2 * conv.src_border;
        rows_ = shortest_run(kTileRows);
        start_run();
    }

    bool done() const { return row_ >= part_.row_end; }
    /// Positions of every tile: 16, or as many as the shortest run has.
    int32_t rows() const { return rows_; }
    /// Bytes from one position to the next.
    size_t source_step() const { return (size_t)conv_.shape.stride * (size_t)conv_.shape.channels_in; }
    /// Bytes from one kernel row to the next.
    size_t source_row() const {
        return (size_t)(conv_.shape.width + 2 * conv_.src_border) * (size_t)conv_.shape.channels_in;
    }

    /// False when the part is done.
    bool next(StridedTile& tile) {
        if (done()) {
            return false;
        }
        const int32_t end = done_ + rows_ < length_ ? done_ + rows_ : length_;
        const int32_t first = end - rows_;
        tile.src = run_src_ + (size_t)first * source_step();
        for (int32_t i = 0; i < rows_; ++i) {
            tile.dst[i] = first + i < done_ ? kDropped : destination_of_next_position();
        }
        done_ = end;
        if (done_ == length_) {
            row_ += run_rows_;
            start_run();
        }
        return true;
    }

  private:
    int32_t rows_of_run(int32_t row) const {
        const int32_t left = part_.row_end - row;
        const int32_t to_end_of_run = rows_per_run_ - row % rows_per_run_;
        return left < to_end_of_run ? left : to_end_of_run;
    }

    int32_t length_of_run(int32_t row) const { return (rows_of_run(row) - 1) * pitch_ + out_width_; }

    int32_t shortest_run(int32_t at_most) const {
        int32_t shortest = at_most;
        for (int32_t row = part_.row_begin; row < part_.row_end; row += rows_of_run(row)) {
            shortest = length_of_run(row) < shortest ? length_of_run(row) : shortest;
        }
        return shortest;
    }

    void start_run() {
        if (done()) {
            return;
        }
        const ConvShape& s = conv_.shape;
        const int32_t offset = conv_.src_border - s.padding;
        const int32_t image = row_ / out_height_;
        y_ = row_ % out_height_;
        x_ = 0;
        const size_t top = (size_t)image * (size_t)(s.height + 2 * conv_.src_border) + (size_t)(y_ * s.stride + offset);
        run_src_ = src_ + top * source_row() + (size_t)offset * (size_t)s.channels_in;
        run_rows_ = rows_of_run(row_);
        length_ = length_of_run(row_);
        done_ = 0;
        const size_t dst_width = (size_t)(out_width_ + 2 * conv_.dst_border);
        const size_t dst_top = (size_t)image * (size_t)(out_height_ + 2 * conv_.dst_border) + (size_t)y_;
        const size_t dst_pixel = (dst_top + (size_t)conv_.dst_border) * dst_width + (size_t)conv_.dst_border;
        next_dst_ = (ptrdiff_t)(dst_pixel * (size_t)s.channels_out);
    }

    ptrdiff_t destination_of_next_position() {
        const ptrdiff_t dst = x_ < out_width_ ? next_dst_ : kDropped;
        if (dst != kDropped) {
            next_dst_ += conv_.shape.channels_out;
        }
        if (++x_ == pitch_) {
            end_row();
        }
        return dst;
    }

    void end_row() {
        x_ = 0;
        ptrdiff_t skipped = 2 * conv_.dst_border;
        if (++y_ == out_height_) {
            y_ = 0;
            skipped += (ptrdiff_t)2 * conv_.dst_border * (out_width_ + 2 * conv_.dst_border);
        }
        next_dst_ += skipped * conv_.shape.channels_out;
    }

    const Int8Conv& conv_;
    const ConvPart part_;
    const uint8_t* const src_;
    const int32_t out_height_;
    const int32_t out_width_;
    int32_t rows_per_run_;  ///< a run ends where the row index is a multiple of it
    int32_t pitch_;         ///< positions from one row to the next
    int32_t rows_;

    int32_t row_;  ///< first of the current run
    const uint8_t* run_src_ = nullptr;
    int32_t run_rows_ = 0;
    int32_t length_ = 0;  ///< positions of the current run
    int32_t done_ = 0;    ///< of them
    int32_t y_ = 0;
    int32_t x_ = 0;
    ptrdiff_t next_dst_ = 0;
};

}  // namespace
}  // namespace tailgate
