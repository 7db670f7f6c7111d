// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Pooling of NHWC activations, a register of channels at a time: all pixels of a window for these channels, then the
// next channels, so that sums and maxima stay in a register.

#pragma once

#include <algorithm>
#include <limits>

#include "conv_shape.h"

namespace tailgate {

/// F32Kernels::max_pool. Padding never wins: it is minus infinity.
template <class Isa>
void max_pool(const ConvShape& shape, int32_t row_begin, int32_t row_end, const float* src, float* dst) {
    const int32_t channels = shape.channels_in;
    for (int32_t row = row_begin; row < row_end; ++row) {
        const ptrdiff_t image_row = static_cast<ptrdiff_t>(row / shape.out_height()) * shape.height;
        const int32_t y = row % shape.out_height() * shape.stride - shape.padding;
        for (int32_t column = 0; column < shape.out_width(); ++column) {
            const int32_t x = column * shape.stride - shape.padding;
            float* to = dst + (static_cast<ptrdiff_t>(row) * shape.out_width() + column) * channels;
            for (int32_t c = 0; c < channels; c += Isa::kWidth) {
                const int32_t lanes = std::min(Isa::kWidth, channels - c);
                typename Isa::Vector best = Isa::fill(-std::numeric_limits<float>::infinity());
                for (int32_t i = std::max(0, y); i < std::min(shape.height, y + shape.kernel); ++i) {
                    for (int32_t j = std::max(0, x); j < std::min(shape.width, x + shape.kernel); ++j) {
                        const float* from = src + ((image_row + i) * shape.width + j) * channels + c;
                        best = Isa::max(best, Isa::load(from, lanes));
                    }
                }
                Isa::store(to + c, best, lanes);
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
