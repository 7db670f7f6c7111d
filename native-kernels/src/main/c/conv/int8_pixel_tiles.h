// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts the output pixels of a ConvPart into tiles of a few pixels, as even as they can be, across rows and images.
//
// Taps of one kernel row are neighbours in NHWC, and the border holds the padding. So a kernel sees a convolution of
// any size as `kernel` runs of kernel * channels_in adjacent bytes a pixel: no loop over kernel columns, no test for an
// edge.

#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_kernels.h"

namespace tailgate {
namespace {

template <int32_t kMaxPixels>
struct PixelTile {
    int32_t pixels;
    const uint8_t* src[kMaxPixels];  ///< first tap of the pixel
    ptrdiff_t dst[kMaxPixels];       ///< byte offset of the pixel's first channel in the bordered dst
};

template <int32_t kMaxPixels>
class PixelTiles {
  public:
    PixelTiles(const Int8Conv& conv, const ConvPart& part, const uint8_t* src)
        : conv_(conv), src_(src), out_height_(conv.shape.out_height()), out_width_(conv.shape.out_width()),
          pixels_((part.row_end - part.row_begin) * out_width_), tiles_((pixels_ + kMaxPixels - 1) / kMaxPixels),
          row_(part.row_begin) {
        start_row();
    }

    /// Bytes from one kernel row to the next.
    size_t source_row() const {
        return (size_t)(conv_.shape.width + 2 * conv_.src_border) * (size_t)conv_.shape.channels_in;
    }

    bool done() const { return tile_ == tiles_; }

    /// False when the part is done.
    bool next(PixelTile<kMaxPixels>& tile) {
        if (done()) {
            return false;
        }
        const auto begin = (int32_t)((int64_t)pixels_ * tile_ / tiles_);
        ++tile_;
        const auto end = (int32_t)((int64_t)pixels_ * tile_ / tiles_);
        tile.pixels = end - begin;
        for (int32_t i = 0; i < tile.pixels; ++i) {
            tile.src[i] = next_src_;
            tile.dst[i] = next_dst_;
            step();
        }
        return true;
    }

  private:
    void step() {
        next_src_ += (size_t)conv_.shape.stride * (size_t)conv_.shape.channels_in;
        next_dst_ += conv_.shape.channels_out;
        if (++x_ == out_width_) {
            ++row_;
            start_row();
        }
    }

    void start_row() {
        const ConvShape& s = conv_.shape;
        const int32_t offset = conv_.src_border - s.padding;
        const int32_t image = row_ / out_height_;
        const int32_t y = row_ % out_height_;
        x_ = 0;
        const size_t top = (size_t)image * (size_t)(s.height + 2 * conv_.src_border) + (size_t)(y * s.stride + offset);
        next_src_ = src_ + top * source_row() + (size_t)offset * (size_t)s.channels_in;
        const size_t dst_row = (size_t)image * (size_t)(out_height_ + 2 * conv_.dst_border) +
                               (size_t)(y + conv_.dst_border);
        const size_t dst_pixel = dst_row * (size_t)(out_width_ + 2 * conv_.dst_border) + (size_t)conv_.dst_border;
        next_dst_ = (ptrdiff_t)(dst_pixel * (size_t)s.channels_out);
    }

    const Int8Conv& conv_;
    const uint8_t* const src_;
    const int32_t out_height_;
    const int32_t out_width_;
    const int32_t pixels_;
    const int32_t tiles_;

    int32_t tile_ = 0;  ///< the next
    int32_t row_;
    int32_t x_ = 0;
    const uint8_t* next_src_ = nullptr;
    ptrdiff_t next_dst_ = 0;
};

}  // namespace
}  // namespace tailgate
