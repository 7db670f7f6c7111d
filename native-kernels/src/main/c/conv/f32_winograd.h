// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Winograd convolution F(4x4, 3x3): 36 multiplications where 16 output pixels would take 144 (Lavin and Gray, "Fast
// Algorithms for Convolutional Neural Networks", 2015).
//
//   transform   each 6x6 tile of the input, overlapping by 2, becomes 36 points; so did the weights in pack()
//   multiply    36 matrix products of tiles by panels of weights, one for each point, as in f32_direct.h
//   transform   36 points of a tile and output channel become 4x4 pixels, clipped at the image's edge
//   group       tiles that pass through these steps together and share one walk through the weights, which are four
//               times as large as the direct kernel's
//   packed      f32_winograd_weights.h
//   points      [tile][point][channel]: with a cache line after each row, or the 36 rows that a transform writes at
//               once would fall into the same few L1 sets

#pragma once

#include <algorithm>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_tile_queue.h"
#include "f32_winograd_transform.h"
#include "f32_winograd_weights.h"

namespace tailgate {

template <class Isa>
class WinogradConv {
public:
    static bool supports(const ConvShape& shape) {
        return shape.kernel == 3 && shape.stride == 1 && shape.padding == 1;
    }

    /// Tiles do not reach over the end of an image.
    static int32_t row_step(const ConvShape& shape) {
        return shape.height % kOut == 0 ? kOut : shape.height;
    }

    static size_t scratch_floats(const ConvShape& shape, int32_t rows) {
        const int32_t points = in_stride(shape) + out_stride(shape.channels_out);
        const ptrdiff_t tiles = std::min(group_tiles(shape), tile_rows(shape, rows) * tile_columns(shape));
        return static_cast<size_t>(Weights::slice_floats(shape) + tiles * kPoints * points + in_stride(shape));
    }

    WinogradConv(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, float* scratch)
        : conv_(conv), shape_(conv.shape), part_(part), src_(src), dst_(dst) {
        slice_ = scratch;
        zeros_ = slice_ + Weights::slice_floats(shape_);
        in_points_ = zeros_ + in_stride(shape_);
        std::fill_n(zeros_, in_stride(shape_), 0.0f);
    }

    void run() {
        const int32_t first = tile_rows(shape_, part_.row_begin) * tile_columns(shape_);
        const int32_t tiles = tile_rows(shape_, part_.row_end) * tile_columns(shape_) - first;
        const int32_t groups = divide_up(tiles, group_tiles(shape_));
        for (int32_t group = 0; group < groups; ++group) {
            const ptrdiff_t begin = static_cast<ptrdiff_t>(tiles) * group / groups;
            const ptrdiff_t end = static_cast<ptrdiff_t>(tiles) * (group + 1) / groups;
            run_group(first + static_cast<int32_t>(begin), static_cast<int32_t>(end - begin));
        }
    }

private:
    using Vector = typename Isa::Vector;
    using Weights = WinogradWeights<Isa>;
    static constexpr int32_t kOut = kWinogradOut;
    static constexpr int32_t kSide = kWinogradSide;
    static constexpr int32_t kPoints = Weights::kPoints;

    /// Many tiles share weights that would have to come from memory for each group; weights that stay in L2 or near it
    /// leave that to the points of few tiles. Both are measured optima, and flat.
    static int32_t group_tiles(const ConvShape& shape) {
        constexpr size_t kLarge = 1 << 20;  // floats: 4 MiB, more than any L2
        return Weights::point_floats(shape) > kLarge ? 66 : 36;
    }

    static int32_t tile_columns(const ConvShape& shape) { return divide_up(shape.width, kOut); }
    /// Rows of tiles in the first `rows` rows of the batch.
    static int32_t tile_rows(const ConvShape& shape, int32_t rows) {
        return rows / shape.height * divide_up(shape.height, kOut) + divide_up(rows % shape.height, kOut);
    }
    static int32_t in_stride(const ConvShape& shape) { return divide_up(shape.channels_in, kLine) * kLine + kLine; }
    static int32_t out_stride(int32_t channels) { return divide_up(channels, kPanel<Isa>) * kPanel<Isa> + kLine; }

    void run_group(int32_t first, int32_t tiles) {
        out_points_ = in_points_ + static_cast<ptrdiff_t>(tiles) * kPoints * in_stride(shape_);
        for (int32_t i = 0; i < tiles; ++i) {
            transform_input(first + i, in_points_ + static_cast<ptrdiff_t>(i) * kPoints * in_stride(shape_));
        }
        if (Weights::keeps_taps(shape_)) {
            multiply_by_taps(tiles);
        } else {
            multiply_by_points(tiles);
        }
        const ptrdiff_t stride = out_stride(part_.channel_end - part_.channel_begin);
        for (int32_t i = 0; i < tiles; ++i) {
            transform_output(first + i, out_points_ + i * kPoints * stride, stride);
        }
    }

    /// Row of the batch and column of a tile's first output pixel.
    int32_t row_of(int32_t tile) const {
        const int32_t tile_row = tile / tile_columns(shape_);
        const int32_t rows_an_image = divide_up(shape_.height, kOut);
        return tile_row / rows_an_image * shape_.height + tile_row % rows_an_image * kOut;
    }
    int32_t column_of(int32_t tile) const { return tile % tile_columns(shape_) * kOut; }

    void transform_input(int32_t tile, float* to) const {
        const float* pixels[kPoints];
        const int32_t row = row_of(tile);
        for (int32_t i = 0; i < kPoints; ++i) {
            const int32_t y = row % shape_.height - 1 + i / kSide;
            const int32_t x = column_of(tile) - 1 + i % kSide;
            const bool inside = y >= 0 && y < shape_.height && x >= 0 && x < shape_.width;
            const ptrdiff_t in_row = static_cast<ptrdiff_t>(row / shape_.height) * shape_.height + y;
            pixels[i] = inside ? src_ + (in_row * shape_.width + x) * shape_.channels_in : zeros_;
        }
        const ptrdiff_t stride = in_stride(shape_);
        int32_t c = 0;
        for (; c + Isa::kWidth <= shape_.channels_in; c += Isa::kWidth) {
            winograd_input<Isa, true>(pixels, c, Isa::kWidth, to + c, stride);
        }
        if (c < shape_.channels_in) {
            winograd_input<Isa, false>(pixels, c, shape_.channels_in - c, to + c, stride);
        }
    }

    void multiply_by_points(int32_t tiles) const {
        const int32_t depth = shape_.channels_in;
        const int32_t step = depth_step<Isa>(depth);
        const ptrdiff_t each = static_cast<ptrdiff_t>(panel_floats<Isa>(depth, shape_.channels_out));
        for (int32_t point = 0; point < kPoints; ++point) {
            for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
                const float* panel = conv_.weights + point * each + static_cast<ptrdiff_t>(channel) * depth;
                for (int32_t begin = 0; begin < depth; begin += step) {
                    Step now{point, channel, begin, std::min(step, depth - begin), nullptr, nullptr, kPanel<Isa>};
                    now.weights = panel + static_cast<ptrdiff_t>(begin) * kPanel<Isa>;
                    now.next = now.weights + static_cast<ptrdiff_t>(now.depth) * kPanel<Isa>;
                    multiply(now, tiles);
                }
            }
        }
    }

    /// All points of a slice together ask for the taps of the next one.
    void multiply_by_taps(int32_t tiles) const {
        constexpr int32_t kColumns = kPanel<Isa> * Weights::kTaps / kPoints;
        for (int32_t channel = part_.channel_begin; channel < part_.channel_end; channel += kPanel<Isa>) {
            const float* taps = conv_.weights + static_cast<ptrdiff_t>(channel) * shape_.channels_in * Weights::kTaps;
            for (int32_t begin = 0; begin < shape_.channels_in; begin += Weights::kSlice) {
                const int32_t depth = std::min(Weights::kSlice, shape_.channels_in - begin);
                const ptrdiff_t stride = Weights::slice_stride(depth);
                Weights::transform_slice(taps, depth, slice_);
                taps += static_cast<ptrdiff_t>(depth) * Weights::kTaps * kPanel<Isa>;
                for (int32_t point = 0; point < kPoints; ++point) {
                    const float* next = taps + static_cast<ptrdiff_t>(point) * depth * kColumns;
                    multiply({point, channel, begin, depth, slice_ + point * stride, next, kColumns}, tiles);
                }
            }
        }
    }

    /// All tiles times a panel: `depth` channels in from `begin` on.
    struct Step {
        int32_t point;
        int32_t channel;  ///< the first one out
        int32_t begin;
        int32_t depth;
        const float* weights;  ///< [depth][kPanel]
        const float* next;     ///< weights that are needed next,
        int32_t next_columns;  ///< so many for each channel in
    };

    void multiply(const Step& step, int32_t tiles) const {
        const ptrdiff_t in = in_stride(shape_);
        const ptrdiff_t out = out_stride(part_.channel_end - part_.channel_begin);
        TileJob job{};
        job.panel = step.weights;
        job.depth = step.depth;
        job.dst = out_points_ + step.point * out + (step.channel - part_.channel_begin);
        job.start = step.begin == 0 ? nullptr : job.dst;
        job.columns = kPanel<Isa>;
        TileQueue<Isa> queue(job, tiles, step.next, step.next_columns);
        for (ptrdiff_t tile = 0; tile < tiles; ++tile) {
            queue.push(in_points_ + (tile * kPoints + step.point) * in + step.begin, tile * kPoints * out);
        }
        queue.flush();
    }

    void transform_output(int32_t tile, const float* from, ptrdiff_t stride) const {
        const int32_t row = row_of(tile);
        const int32_t column = column_of(tile);
        const ptrdiff_t pixel = static_cast<ptrdiff_t>(row) * shape_.width + column;
        WinogradOutput out{};
        out.rows = std::min(kOut, shape_.height - row % shape_.height);
        out.columns = std::min(kOut, shape_.width - column);
        out.row_stride = static_cast<ptrdiff_t>(shape_.width) * shape_.channels_out;
        out.column_stride = shape_.channels_out;
        out.relu = conv_.relu;
        for (int32_t k = part_.channel_begin; k < part_.channel_end; k += Isa::kWidth) {
            const ptrdiff_t at = pixel * shape_.channels_out + k;
            out.bias = conv_.bias + k;
            out.residual = conv_.residual == nullptr ? nullptr : conv_.residual + at;
            out.dst = dst_ + at;
            out.lanes = std::min(Isa::kWidth, part_.channel_end - k);
            winograd_output<Isa>(from + (k - part_.channel_begin), stride, out);
        }
    }

    const F32Conv& conv_;
    const ConvShape& shape_;
    const ConvPart& part_;
    const float* src_;
    float* dst_;
    float* slice_;       ///< the transformed weights of a slice
    float* zeros_;       ///< in_stride() zeros: the pixels of the padding
    float* in_points_;   ///< [tile][point][in_stride()]
    float* out_points_ = nullptr;  ///< [tile][point][out_stride()], channels of the part
};

}  // namespace tailgate
