// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// 1x1 convolution to fewer channels, any stride, no padding: the input is the largest of a layer, up to 8 KiB a pixel.
//
//   order     blocks of pixels, then steps of the depth, then panels: the block's output stays in L2 as sums, and the
//             input passes once
//   gather    the first panel copies a step's inputs of all pixels next to each other, for itself and the others. In
//             place they lie a power of two apart, where the rows of a tile and a panel do not fit the same L1 sets
//   packed    panels of [channel in][kPanel channels out]

#pragma once

#include <algorithm>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_tile_queue.h"

namespace tailgate {

template <class Isa>
class ReduceConv {
public:
    static bool supports(const ConvShape& shape) {
        return shape.kernel == 1 && shape.padding == 0 && shape.channels_in > shape.channels_out;
    }

    static size_t scratch_floats(const ConvShape& shape, int32_t rows) {
        const int32_t pixels = std::min(block_pixels(shape), rows * shape.out_width());
        return static_cast<size_t>(pixels) * static_cast<size_t>(depth_step<Isa>(shape.channels_in));
    }

    ReduceConv(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, float* scratch)
        : conv_(conv), shape_(conv.shape), part_(part), src_(src), dst_(dst), inputs_(scratch) {}

    void run() {
        const int32_t first = part_.row_begin * shape_.out_width();
        const int32_t pixels = part_.row_end * shape_.out_width() - first;
        const int32_t blocks = divide_up(pixels, block_pixels(shape_));
        for (int32_t block = 0; block < blocks; ++block) {
            const ptrdiff_t begin = static_cast<ptrdiff_t>(pixels) * block / blocks;
            const ptrdiff_t end = static_cast<ptrdiff_t>(pixels) * (block + 1) / blocks;
            run_block(first + static_cast<int32_t>(begin), static_cast<int32_t>(end - begin));
        }
    }

private:
    // Of L2 for a block's output and a step of its input; a third of 2 MiB, since what passes through needs room too.
    static constexpr int32_t kBlockFloats = 160 << 10;

    static int32_t block_pixels(const ConvShape& shape) {
        return std::max(1, kBlockFloats / (shape.channels_out + depth_step<Isa>(shape.channels_in)));
    }

    void run_block(int32_t first, int32_t pixels) {
        const int32_t length = depth_step<Isa>(shape_.channels_in);
        for (int32_t begin = 0; begin < shape_.channels_in; begin += length) {
            const int32_t depth = std::min(length, shape_.channels_in - begin);
            for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
                multiply(first, pixels, channel, begin, depth);
            }
        }
    }

    const float* input(int32_t pixel) const {
        if (shape_.stride == 1) {
            return src_ + static_cast<ptrdiff_t>(pixel) * shape_.channels_in;
        }
        const int32_t row = pixel / shape_.out_width();
        const ptrdiff_t image = row / shape_.out_height();
        const int32_t y = row % shape_.out_height() * shape_.stride;
        const int32_t x = pixel % shape_.out_width() * shape_.stride;
        return src_ + ((image * shape_.height + y) * shape_.width + x) * shape_.channels_in;
    }

    const float* panel(int32_t channel, int32_t begin) const {
        return conv_.weights + static_cast<ptrdiff_t>(channel) * shape_.channels_in +
               static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
    }

    TileJob job(int32_t channel, int32_t begin, int32_t depth) const {
        const bool is_first = begin == 0;
        TileJob job{};
        job.panel = panel(channel, begin);
        job.depth = depth;
        job.dst = dst_ + channel;
        job.start = !is_first ? job.dst : conv_.residual != nullptr ? conv_.residual + channel : nullptr;
        job.bias = is_first ? conv_.bias + channel : nullptr;
        job.relu = conv_.relu && begin + depth == shape_.channels_in;
        job.columns = std::min(kPanel<Isa>, shape_.channels_out - channel);
        return job;
    }

    void multiply(int32_t first, int32_t pixels, int32_t channel, int32_t begin, int32_t depth) const {
        const bool in_place = channel == part_.channel_begin;
        const int32_t next = channel + kPanel<Isa>;
        const bool last = next >= part_.channel_end;
        const float* next_panel = last ? panel(part_.channel_begin, begin + depth) : panel(next, begin);
        TileQueue<Isa> queue(job(channel, begin, depth), pixels, next_panel);
        if (in_place && !last) {
            queue.gather_into(inputs_);
        }
        for (int32_t i = 0; i < pixels; ++i) {
            const float* gathered = inputs_ + static_cast<ptrdiff_t>(i) * depth;
            queue.push(
                in_place ? input(first + i) + begin : gathered,
                static_cast<ptrdiff_t>(first + i) * shape_.channels_out);
        }
        queue.flush();
    }

    const F32Conv& conv_;
    const ConvShape& shape_;
    const ConvPart& part_;
    const float* src_;
    float* dst_;
    float* inputs_;  ///< [pixel of the block][depth of the step]
};

}  // namespace tailgate
