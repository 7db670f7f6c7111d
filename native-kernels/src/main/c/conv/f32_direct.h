// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Direct convolution of any kernel, stride and padding, as matrix products of pixels by panels of weights.
//
//   depth     one row of the kernel is one run of kernel * channels_in floats in NHWC; steps of it, depth_step() long,
//             multiply a panel of weights that stays in L1 while all pixels of a block of rows walk past it
//   tile      Isa::kTileRows pixels from any rows and images; their sums go through dst between steps
//   padding   never read and never multiplied: rows of the kernel that fall outside are left out, and pixels whose
//             columns do are walked separately with a shorter run
//   order     blocks of rows, then panels, then steps: the block's input stays in L2, weights pass once a block
//   packed    panels of [kernel row][kernel column][channel in][kPanel channels out], the kernel's rows as kernel_row()
//             orders them

#pragma once

#include <algorithm>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_tile_queue.h"

namespace tailgate {

/// One row of output pixels and the input row that one row of the kernel meets there.
struct DirectRow {
    const float* src;  ///< of column 0
    ptrdiff_t offset;  ///< of the first output pixel in dst
};

template <class Isa>
class DirectConv {
public:
    /// `rows`: scratch of one entry for each row of the part.
    DirectConv(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, DirectRow* rows)
        : conv_(conv), shape_(conv.shape), part_(part), src_(src), dst_(dst), rows_(rows) {}

    /// The row of the kernel that is visited as number `visit`. Row `padding` comes first: it lies inside the image for
    /// every output row, so it can start each sum.
    static int32_t kernel_row(const ConvShape& shape, int32_t visit) {
        return visit == 0 ? shape.padding : visit <= shape.padding ? visit - 1 : visit;
    }

    void run() {
        const int32_t block = block_rows();
        for (int32_t row = part_.row_begin; row < part_.row_end; row += block) {
            row_begin_ = row;
            row_end_ = std::min(row + block, part_.row_end);
            run_block();
        }
    }

private:
    // Of L2 for the activations of a block; few where all weights stay in L2 beside them, so that a block's output is
    // written while its lines are near (64 to 256 channels at 56x56: 1.03 of the speed).
    static constexpr int32_t kBlockBytes = 1 << 20;
    static constexpr int32_t kSmallBlockBytes = 256 << 10;
    static constexpr int32_t kSmallWeightBytes = 128 << 10;

    /// A step of the depth: [begin, end) of the kernel's row number `visit`.
    struct Step {
        int32_t visit;
        int32_t begin;
        int32_t end;
    };

    /// Neighbouring output columns that see the same columns [tap_begin, tap_end) of the kernel.
    struct Columns {
        int32_t begin;
        int32_t end;
        int32_t tap_begin;
        int32_t tap_end;
    };

    int32_t row_depth() const { return shape_.kernel * shape_.channels_in; }

    int64_t weight_bytes() const {
        return static_cast<int64_t>(sizeof(float)) * shape_.kernel * row_depth() * shape_.channels_out;
    }

    int32_t block_rows() const {
        const int32_t in = shape_.channels_in * shape_.stride;
        const int32_t out = kPanel<Isa>;
        const int32_t row_bytes = static_cast<int32_t>(sizeof(float)) * shape_.out_width() * (in + out);
        const bool small = weight_bytes() <= kSmallWeightBytes;
        return std::max(1, (small ? kSmallBlockBytes : kBlockBytes) / row_bytes);
    }

    void run_block() {
        const int32_t length = depth_step<Isa>(row_depth());
        for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
            for (int32_t visit = 0; visit < shape_.kernel; ++visit) {
                for (int32_t begin = 0; begin < row_depth(); begin += length) {
                    run_step(channel, Step{visit, begin, std::min(begin + length, row_depth())});
                }
            }
        }
    }

    /// The kernel row after which, in the order of kernel_row(), output row `y` of an image is complete.
    int32_t last_kernel_row(int32_t y) const {
        const int32_t bottom = std::min(shape_.kernel, shape_.height + shape_.padding - y * shape_.stride) - 1;
        const bool anything_above = y * shape_.stride > 0 && shape_.padding > 0;
        return bottom != shape_.padding ? bottom : anything_above ? shape_.padding - 1 : shape_.padding;
    }

    void run_step(int32_t channel, const Step& step) {
        for (const bool last : {false, true}) {
            const int32_t rows = collect_rows(kernel_row(shape_, step.visit), last);
            for (Columns columns{0, 0, 0, 0}; rows > 0 && columns.begin < shape_.out_width();) {
                columns = columns_from(columns.begin);
                run_columns(channel, step, columns, last, rows);
                columns.begin = columns.end;
            }
        }
    }

    /// Lists the block's rows that meet `kernel_row` inside the image and are, or are not, complete after it.
    int32_t collect_rows(int32_t kernel_row, bool last) {
        int32_t count = 0;
        for (int32_t row = row_begin_; row < row_end_; ++row) {
            const int32_t image = row / shape_.out_height();
            const int32_t y = row % shape_.out_height();
            const int32_t in_y = y * shape_.stride - shape_.padding + kernel_row;
            if (in_y < 0 || in_y >= shape_.height || (last_kernel_row(y) == kernel_row) != last) {
                continue;
            }
            const ptrdiff_t in_row = static_cast<ptrdiff_t>(image) * shape_.height + in_y;
            rows_[count].src = src_ + in_row * shape_.width * shape_.channels_in;
            rows_[count].offset = static_cast<ptrdiff_t>(row) * shape_.out_width() * shape_.channels_out;
            ++count;
        }
        return count;
    }

    Columns columns_from(int32_t begin) const {
        Columns columns = taps_of(begin);
        while (columns.end < shape_.out_width()) {
            const Columns next = taps_of(columns.end);
            if (next.tap_begin != columns.tap_begin || next.tap_end != columns.tap_end) {
                break;
            }
            ++columns.end;
        }
        return columns;
    }

    Columns taps_of(int32_t x) const {
        const int32_t first = shape_.padding - x * shape_.stride;  // tap that meets column 0
        return {x, x + 1, std::max(0, first), std::min(shape_.kernel, first + shape_.width)};
    }

    void run_columns(int32_t channel, const Step& step, const Columns& columns, bool last_row, int32_t rows) {
        const int32_t begin = std::max(step.begin, columns.tap_begin * shape_.channels_in);
        const int32_t end = std::min(step.end, columns.tap_end * shape_.channels_in);
        if (begin >= end) {
            return;
        }
        const bool first = step.visit == 0 && begin == columns.tap_begin * shape_.channels_in;
        const bool last = last_row && end == columns.tap_end * shape_.channels_in;
        const int32_t pixels = rows * (columns.end - columns.begin);
        TileQueue<Isa> queue(job(channel, step.visit, begin, end, first, last), pixels);
        for (int32_t i = 0; i < rows; ++i) {
            for (int32_t x = columns.begin; x < columns.end; ++x) {
                const ptrdiff_t in_x = static_cast<ptrdiff_t>(x) * shape_.stride - shape_.padding;
                queue.push(
                    rows_[i].src + (in_x * shape_.channels_in + begin),
                    rows_[i].offset + static_cast<ptrdiff_t>(x) * shape_.channels_out);
            }
        }
        queue.flush();
    }

    TileJob job(int32_t channel, int32_t visit, int32_t begin, int32_t end, bool first, bool last) const {
        const size_t depth = static_cast<size_t>(row_depth());
        const size_t panel = static_cast<size_t>(channel) * static_cast<size_t>(shape_.kernel) * depth;
        const size_t k = static_cast<size_t>(visit) * depth + static_cast<size_t>(begin);
        TileJob job{};
        job.panel = conv_.weights + panel + k * kPanel<Isa>;
        job.depth = end - begin;
        job.dst = dst_ + channel;
        job.start = !first ? job.dst : conv_.residual != nullptr ? conv_.residual + channel : nullptr;
        job.bias = first ? conv_.bias + channel : nullptr;
        job.relu = last && conv_.relu;
        job.columns = std::min(kPanel<Isa>, shape_.channels_out - channel);
        return job;
    }

    const F32Conv& conv_;
    const ConvShape& shape_;
    const ConvPart& part_;
    const float* src_;
    float* dst_;
    DirectRow* rows_;
    int32_t row_begin_ = 0;
    int32_t row_end_ = 0;
};

}  // namespace tailgate
