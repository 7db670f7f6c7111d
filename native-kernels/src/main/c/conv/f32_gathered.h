// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Direct convolution for what f32_direct.h does badly: a kernel over few channels (the 7x7 stem over three), where the
// run of a kernel row is too short to be a step, and padding so wide that a pixel may see nothing but padding.
//
//   gather    the inputs of kTileRows pixels are copied side by side into scratch, zeros where the padding is
//   depth     the whole kernel, in steps of at most kPanelDepth: for the stem one step of 147, 37 KiB of weights in L1
//   order     pixels outermost, then panels, then steps
//   packed    as for f32_direct.h

#pragma once

#include <algorithm>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_tile.h"

namespace tailgate {

template <class Isa>
class GatheredConv {
public:
    /// Floats of scratch.
    static size_t scratch_floats(const ConvShape& shape) {
        return static_cast<size_t>(Isa::kTileRows) * static_cast<size_t>(row_stride(shape));
    }

    GatheredConv(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, float* scratch)
        : conv_(conv), shape_(conv.shape), part_(part), src_(src), dst_(dst), scratch_(scratch) {}

    void run() {
        const ptrdiff_t end = static_cast<ptrdiff_t>(part_.row_end) * shape_.out_width();
        for (ptrdiff_t pixel = static_cast<ptrdiff_t>(part_.row_begin) * shape_.out_width(); pixel < end;) {
            const int32_t rows = static_cast<int32_t>(std::min<ptrdiff_t>(Isa::kTileRows, end - pixel));
            for (int32_t t = 0; t < rows; ++t) {
                offsets_[t] = (pixel + t) * shape_.channels_out;
                gather(pixel + t, scratch_ + static_cast<ptrdiff_t>(t) * row_stride(shape_));
            }
            multiply(rows);
            pixel += rows;
        }
    }

private:
    static int32_t depth(const ConvShape& shape) { return shape.kernel * shape.kernel * shape.channels_in; }
    static int32_t row_stride(const ConvShape& shape) { return divide_up(depth(shape), kLine) * kLine; }

    void gather(ptrdiff_t pixel, float* to) const {
        const int32_t row = static_cast<int32_t>(pixel / shape_.out_width());
        const int32_t image = row / shape_.out_height();
        const int32_t y = row % shape_.out_height() * shape_.stride - shape_.padding;
        const int32_t x = static_cast<int32_t>(pixel % shape_.out_width()) * shape_.stride - shape_.padding;
        const int32_t first = std::min(std::max(0, -x), shape_.kernel);
        const int32_t last = std::max(first, std::min(shape_.kernel, shape_.width - x));
        for (int32_t i = 0; i < shape_.kernel; ++i, to += shape_.kernel * shape_.channels_in) {
            if (y + i < 0 || y + i >= shape_.height || first == last) {
                std::fill_n(to, shape_.kernel * shape_.channels_in, 0.0f);
                continue;
            }
            const ptrdiff_t in_row = static_cast<ptrdiff_t>(image) * shape_.height + y + i;
            const float* from = src_ + (in_row * shape_.width + x + first) * shape_.channels_in;
            std::fill_n(to, first * shape_.channels_in, 0.0f);
            copy_lanes<Isa>(to + first * shape_.channels_in, from, (last - first) * shape_.channels_in);
            std::fill_n(to + last * shape_.channels_in, (shape_.kernel - last) * shape_.channels_in, 0.0f);
        }
    }

    void multiply(int32_t rows) {
        const int32_t all = depth(shape_);
        const int32_t steps = divide_up(all, 2 * Isa::kPanelDepth);
        const int32_t length = divide_up(all, steps);
        for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
            for (int32_t begin = 0; begin < all; begin += length) {
                multiply_step(rows, channel, begin, std::min(begin + length, all));
            }
        }
    }

    void multiply_step(int32_t rows, int32_t channel, int32_t begin, int32_t end) {
        for (int32_t t = 0; t < rows; ++t) {
            rows_[t] = rows_[rows + t] = scratch_ + static_cast<ptrdiff_t>(t) * row_stride(shape_) + begin;
        }
        const bool first = begin == 0;
        const bool last = end == depth(shape_);
        TileJob job{};
        job.rows = rows_;
        job.offsets = offsets_;
        job.panel = conv_.weights + static_cast<ptrdiff_t>(channel) * depth(shape_) +
                    static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
        job.depth = end - begin;
        job.dst = dst_ + channel;
        job.start = !first ? job.dst : conv_.residual != nullptr ? conv_.residual + channel : nullptr;
        job.bias = first ? conv_.bias + channel : nullptr;
        job.relu = last && conv_.relu;
        job.columns = std::min(kPanel<Isa>, shape_.channels_out - channel);
        run_tile<Isa>(rows, job);
    }

    const F32Conv& conv_;
    const ConvShape& shape_;
    const ConvPart& part_;
    const float* src_;
    float* dst_;
    float* scratch_;
    const float* rows_[2 * Isa::kTileRows];
    ptrdiff_t offsets_[Isa::kTileRows];
};

}  // namespace tailgate
