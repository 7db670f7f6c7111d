// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts the output pixels of a ConvPart into tiles of 2x2 for Winograd's F(2x2, 3x3), row by row of each image from the
// part's first row on. A tile at the end of a row, of an image or of the part may have pixels that are dropped.

#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_kernels.h"

namespace tailgate {
namespace {

constexpr int32_t kTileOut = 2;   ///< output pixels along a side of a tile
constexpr int32_t kTileSide = 4;  ///< input pixels along a side of a tile

struct WinogradTile {
    const uint8_t* src;         ///< input pixel (0, 0)
    size_t row[kTileSide];      ///< bytes from src to each row; only dropped pixels depend on rows that do not exist,
    size_t column[kTileSide];   ///< so the last one stands in for them. The same for columns
    ptrdiff_t dst;              ///< byte offset of pixel (0, 0)'s first channel in the bordered dst
    int32_t rows;               ///< of output pixels that are not dropped, 1-2
    int32_t columns;
};

class WinogradTiles {
  public:
    WinogradTiles(const Int8Conv& conv, const ConvPart& part, const uint8_t* src)
        : conv_(conv), part_(part), src_(src), out_height_(conv.shape.out_height()),
          out_width_(conv.shape.out_width()), row_(part.row_begin) {
        for (int32_t row = part.row_begin; row < part.row_end; row = end_of_run(row)) {
            left_ += tiles_along(end_of_run(row) - row) * tiles_along(out_width_);
        }
    }

    /// Tiles that next() has not given yet.
    int32_t left() const { return left_; }

    WinogradTile next() {
        const int32_t image = row_ / out_height_;
        const int32_t height = conv_.shape.height + 2 * conv_.src_border;
        const int32_t width = conv_.shape.width + 2 * conv_.src_border;
        const int32_t top = row_ % out_height_ + conv_.src_border - conv_.shape.padding;
        const int32_t left = x_ + conv_.src_border - conv_.shape.padding;
        const auto channels_in = (size_t)conv_.shape.channels_in;
        WinogradTile tile;
        tile.src = src_ + ((size_t)(image * height + top) * (size_t)width + (size_t)left) * channels_in;
        for (int32_t i = 0; i < kTileSide; ++i) {
            tile.row[i] = (size_t)at_most(i, height - 1 - top) * (size_t)width * channels_in;
            tile.column[i] = (size_t)at_most(i, width - 1 - left) * channels_in;
        }
        tile.dst = destination();
        tile.rows = at_most(kTileOut, end_of_run(row_) - row_);
        tile.columns = at_most(kTileOut, out_width_ - x_);
        step(tile);
        return tile;
    }

  private:
    static int32_t at_most(int32_t n, int32_t most) { return n < most ? n : most; }

    static int32_t tiles_along(int32_t pixels) { return (pixels + kTileOut - 1) / kTileOut; }

    /// End of the rows that belong to the part and to the image of `row`.
    int32_t end_of_run(int32_t row) const {
        return at_most(part_.row_end, (row / out_height_ + 1) * out_height_);
    }

    ptrdiff_t destination() const {
        const int32_t border = conv_.dst_border;
        const int32_t row = row_ / out_height_ * (out_height_ + 2 * border) + row_ % out_height_ + border;
        return ((ptrdiff_t)row * (out_width_ + 2 * border) + x_ + border) * conv_.shape.channels_out;
    }

    void step(const WinogradTile& tile) {
        --left_;
        x_ += kTileOut;
        if (x_ >= out_width_) {
            x_ = 0;
            row_ += tile.rows;
        }
    }

    const Int8Conv& conv_;
    const ConvPart part_;
    const uint8_t* const src_;
    const int32_t out_height_;
    const int32_t out_width_;
    int32_t left_ = 0;
    int32_t row_;
    int32_t x_ = 0;
};

}  // namespace
}  // namespace tailgate
