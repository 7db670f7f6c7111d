// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The taps of 3x3, stride 2, padding 1 maximum pooling that lie inside the image. Bytes are unsigned, so leaving out a
// tap of padding is the same as comparing with its zero; the source needs no border.

#pragma once

#include <cstddef>
#include <cstdint>

#include "conv_shape.h"

namespace tailgate {
namespace {

/// The taps of one output pixel: height x width of them, at least 1 x 1, at most 3 x 3.
struct PoolWindow {
    const uint8_t* src;  ///< first channel of the upper left tap
    size_t row_bytes;    ///< from a tap to the one below
    size_t pixel_bytes;  ///< from a tap to the one on its right
    int32_t height;
    int32_t width;
    uint8_t* dst;  ///< first channel of the output pixel

    const uint8_t* tap(int32_t i, int32_t j) const { return src + (size_t)i * row_bytes + (size_t)j * pixel_bytes; }
};

class PoolTaps {
  public:
    PoolTaps(const ConvShape& s, const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border)
        : s_(s), src_(src), src_border_(src_border), dst_(dst), dst_border_(dst_border) {}

    /// Window of output pixel `x` of row `row`, counted over the batch.
    PoolWindow at(int32_t row, int32_t x) const {
        const int32_t image = row / s_.out_height();
        const int32_t y = row % s_.out_height();
        const int32_t top = y == 0 ? 0 : 2 * y - 1;
        const int32_t left = x == 0 ? 0 : 2 * x - 1;
        const size_t channels = (size_t)s_.channels_in;
        const size_t src_pixel = pixel_index(image, top, left, s_.height, s_.width, src_border_);
        const size_t dst_pixel = pixel_index(image, y, x, s_.out_height(), s_.out_width(), dst_border_);
        const size_t row_bytes = (size_t)(s_.width + 2 * src_border_) * channels;
        return {src_ + src_pixel * channels,         row_bytes, channels, end(y, s_.height) - top,
                end(x, s_.width) - left, dst_ + dst_pixel * channels};
    }

  private:
    static int32_t end(int32_t out, int32_t size) { return 2 * out + 2 < size ? 2 * out + 2 : size; }

    static size_t pixel_index(int32_t image, int32_t y, int32_t x, int32_t height, int32_t width, int32_t border) {
        const size_t row = (size_t)image * (size_t)(height + 2 * border) + (size_t)(y + border);
        return row * (size_t)(width + 2 * border) + (size_t)(x + border);
    }

    const ConvShape s_;
    const uint8_t* const src_;
    const int32_t src_border_;
    uint8_t* const dst_;
    const int32_t dst_border_;
};

}  // namespace
}  // namespace tailgate
