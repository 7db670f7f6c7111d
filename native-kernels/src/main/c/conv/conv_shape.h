// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The geometry that every convolution kernel shares, and the parts into which the pool cuts one convolution.
//
//   activations  NHWC: pixel (n, y, x) of channel c is at ((n * height + y) * width + x) * channels + c
//   bordered     an activation may carry a ring of `border` pixels of zeros around each image; the same formula then
//                holds with height + 2 border, width + 2 border, y + border and x + border
//   weights      OIHW before packing: [channels_out][channels_in][kernel][kernel]

#pragma once

#include <cstddef>
#include <cstdint>

namespace tailgate {

/// Bytes to which every buffer that a kernel sees is aligned: a cache line, and one AVX-512 register.
constexpr size_t kAlignment = 64;

/// One square convolution with symmetric zero padding. All sizes in pixels or channels, all positive, padding >= 0.
struct ConvShape {
    int32_t batch;
    int32_t height;  ///< of the input
    int32_t width;   ///< of the input
    int32_t channels_in;
    int32_t channels_out;
    int32_t kernel;
    int32_t stride;
    int32_t padding;

    int32_t out_height() const { return (height + 2 * padding - kernel) / stride + 1; }
    int32_t out_width() const { return (width + 2 * padding - kernel) / stride + 1; }
    /// Output rows of the whole batch, the unit in which work is split: row r is row r % out_height() of image
    /// r / out_height().
    int32_t rows() const { return batch * out_height(); }
    /// Two operations per tap, padding taps included ("nominal").
    double nominal_flops() const {
        return 2.0 * rows() * out_width() * channels_out * (double)channels_in * kernel * kernel;
    }
};

/// A half-open part of a convolution: output rows and output channels. A worker computes exactly this part and writes
/// nothing else. `channel_begin` is a multiple of the kernel's channel step, `channel_end` too or channels_out;
/// `row_begin` and `row_end` are multiples of its row step, or rows().
struct ConvPart {
    int32_t row_begin;
    int32_t row_end;
    int32_t channel_begin;
    int32_t channel_end;
};

}  // namespace tailgate
