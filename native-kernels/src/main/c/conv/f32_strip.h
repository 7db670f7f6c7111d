// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Direct convolution for what f32_direct.h does badly: a kernel over few channels (the 7x7 stem over three), where the
// run of a kernel row is too short to be a step, and padding so wide that a pixel may see nothing but padding.
//
//   strip     the input rows under one row of output are copied to scratch as [column][kernel row][channel], padding as
//             zeros. The whole window of a pixel is then one run of floats, and the runs of neighbours overlap
//   order     rows of output, then panels, then steps of the depth, then tiles of the row's pixels. The stem's depth is
//             one step of 147: 37 KiB of weights that stay in L1
//   packed    panels of [kernel column][kernel row][channel in][kPanel channels out]

#pragma once

#include <algorithm>
#include <cstring>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_tile_queue.h"

namespace tailgate {

template <class Isa>
class StripConv {
public:
    /// Few channels under a kernel, or so much padding that the kernel's row `padding` may miss the image.
    static bool supports(const ConvShape& shape) {
        return 2 * shape.padding >= shape.kernel || (shape.kernel > 1 && shape.channels_in <= 8);
    }

    static size_t scratch_floats(const ConvShape& shape) {
        return static_cast<size_t>(columns(shape)) * static_cast<size_t>(column_floats(shape));
    }

    StripConv(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, float* scratch)
        : conv_(conv), shape_(conv.shape), part_(part), src_(src), dst_(dst), strip_(scratch) {}

    void run() {
        for (int32_t row = part_.row_begin; row < part_.row_end; ++row) {
            fill_strip(row);
            multiply_row(row);
        }
    }

private:
    /// Columns of the strip.
    static int32_t columns(const ConvShape& shape) { return (shape.out_width() - 1) * shape.stride + shape.kernel; }
    static int32_t column_floats(const ConvShape& shape) { return shape.kernel * shape.channels_in; }

    void fill_strip(int32_t row) {
        const ptrdiff_t image = row / shape_.out_height();
        for (int32_t i = 0; i < shape_.kernel; ++i) {
            const int32_t y = row % shape_.out_height() * shape_.stride - shape_.padding + i;
            const bool inside = y >= 0 && y < shape_.height;
            const int32_t begin = inside ? std::min(shape_.padding, columns(shape_)) : 0;
            const int32_t end = inside ? std::min(shape_.padding + shape_.width, columns(shape_)) : 0;
            zero_columns(i, 0, begin);
            zero_columns(i, end, columns(shape_));
            if (shape_.channels_in == 3) {
                copy_columns<3>(i, begin, end, src_ + (image * shape_.height + y) * shape_.width * 3);
            } else {
                copy_columns<0>(i, begin, end, src_ + (image * shape_.height + y) * shape_.width * shape_.channels_in);
            }
        }
    }

    void zero_columns(int32_t kernel_row, int32_t begin, int32_t end) {
        for (int32_t x = begin; x < end; ++x) {
            std::fill_n(at(kernel_row, x), shape_.channels_in, 0.0f);
        }
    }

    /// `from`: the input row. `kChannels`: how many, where the compiler should know it, or 0. Three are copied as four,
    /// one move: the fourth is the kernel's next row, which is filled after this one.
    template <int kChannels>
    void copy_columns(int32_t kernel_row, int32_t begin, int32_t end, const float* from) {
        const int32_t channels = kChannels > 0 ? kChannels : shape_.channels_in;
        const int32_t step = column_floats(shape_);
        float* to = strip_ + static_cast<ptrdiff_t>(begin) * step + kernel_row * channels;
        int32_t x = begin;
        if (kChannels == 3 && kernel_row + 1 < shape_.kernel) {
            for (; x + 1 < end; ++x, from += channels, to += step) {
                std::memcpy(to, from, 4 * sizeof(float));
            }
        }
        for (; x < end; ++x, from += channels, to += step) {
            for (int32_t c = 0; c < channels; ++c) {
                to[c] = from[c];
            }
        }
    }

    float* at(int32_t kernel_row, int32_t column) const {
        return strip_ + (static_cast<ptrdiff_t>(column) * shape_.kernel + kernel_row) * shape_.channels_in;
    }

    void multiply_row(int32_t row) const {
        const int32_t depth = shape_.kernel * column_floats(shape_);
        const int32_t length = divide_up(depth, divide_up(depth, 2 * Isa::kPanelDepth));
        for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
            for (int32_t begin = 0; begin < depth; begin += length) {
                multiply_step(row, channel, begin, std::min(begin + length, depth));
            }
        }
    }

    void multiply_step(int32_t row, int32_t channel, int32_t begin, int32_t end) const {
        const int32_t depth = shape_.kernel * column_floats(shape_);
        const bool first = begin == 0;
        TileJob job{};
        job.panel = conv_.weights + static_cast<ptrdiff_t>(channel) * depth +
                    static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
        job.depth = end - begin;
        job.dst = dst_ + channel;
        job.start = !first ? job.dst : conv_.residual != nullptr ? conv_.residual + channel : nullptr;
        job.bias = first ? conv_.bias + channel : nullptr;
        job.relu = conv_.relu && end == depth;
        job.columns = std::min(kPanel<Isa>, shape_.channels_out - channel);
        TileQueue<Isa> queue(job, shape_.out_width());
        for (int32_t x = 0; x < shape_.out_width(); ++x) {
            const ptrdiff_t pixel = static_cast<ptrdiff_t>(row) * shape_.out_width() + x;
            queue.push(at(0, x * shape_.stride) + begin, pixel * shape_.channels_out);
        }
        queue.flush();
    }

    const F32Conv& conv_;
    const ConvShape& shape_;
    const ConvPart& part_;
    const float* src_;
    float* dst_;
    float* strip_;  ///< [columns()][kernel row][channel]
};

}  // namespace tailgate
