// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The weights of f32_winograd.h, packed in one of two forms.
//
//   points   where many tiles share them: 36 times panels of [channel in][kPanel channels out]
//   taps     where few do, as those of a small batch: they would wait for points to come from memory. Taps are a quarter
//            of the size, as panels of [channel in][tap][kPanel channels out], and are transformed while the convolution
//            runs, a slice that stays in L2 at a time. One image through ResNet-152 takes 0.90 of the time
//   slice    [point][channel in][kPanel], each point slice_stride() after the last

#pragma once

#include <algorithm>

#include "f32_kernels.h"
#include "f32_panel.h"
#include "f32_winograd_transform.h"

namespace tailgate {

template <class Isa>
struct WinogradWeights {
    static constexpr int32_t kPoints = kWinogradSide * kWinogradSide;
    static constexpr int32_t kTaps = 9;
    static constexpr int32_t kSlice = 64;  ///< channels in: 576 KiB with 64 channels out

    static size_t point_floats(const ConvShape& shape) {
        return kPoints * panel_floats<Isa>(shape.channels_in, shape.channels_out);
    }

    static bool keeps_taps(const ConvShape& shape) {
        constexpr size_t kLarge = 1 << 19;   // floats: 2 MiB, a whole L2
        constexpr int32_t kFewTiles = 49;    // one image of 28x28; of 64 tiles each transform costs more than it saves
        return point_floats(shape) > kLarge && winograd_tiles(shape) <= kFewTiles;
    }

    static size_t packed_floats(const ConvShape& shape) {
        return keeps_taps(shape) ? point_floats(shape) / kPoints * kTaps : point_floats(shape);
    }

    static void pack(const ConvShape& shape, const float* oihw, float* packed) {
        if (keeps_taps(shape)) {
            pack_panels<Isa>(kTaps * shape.channels_in, shape.channels_out, packed, [&](int32_t k, int32_t out) {
                return taps_of(shape, oihw, k / kTaps, out)[k % kTaps];
            });
            return;
        }
        for (int32_t point = 0; point < kPoints; ++point) {
            pack_panels<Isa>(shape.channels_in, shape.channels_out, packed, [&](int32_t in, int32_t out) {
                const float* taps = taps_of(shape, oihw, in, out);
                return winograd_weight(taps, point / kWinogradSide, point % kWinogradSide);
            });
            packed += panel_floats<Isa>(shape.channels_in, shape.channels_out);
        }
    }

    /// A line more than a point's size, which may be a power of two: all points of a register are stored at once.
    static ptrdiff_t slice_stride(int32_t depth) { return divide_up(depth * kPanel<Isa>, kLine) * kLine + kLine; }

    /// Of scratch; 0 where points are kept.
    static ptrdiff_t slice_floats(const ConvShape& shape) {
        return keeps_taps(shape) ? kPoints * slice_stride(std::min(kSlice, shape.channels_in)) : 0;
    }

    /// `taps` of `depth` channels in and a panel of channels out.
    static void transform_slice(const float* taps, int32_t depth, float* slice) {
        const ptrdiff_t stride = slice_stride(depth);
        for (int32_t in = 0; in < depth; ++in, taps += kTaps * kPanel<Isa>, slice += kPanel<Isa>) {
            for (int32_t k = 0; k < kPanel<Isa>; k += Isa::kWidth) {
                winograd_weights<Isa>(taps + k, slice + k, stride);
            }
        }
    }

private:
    static const float* taps_of(const ConvShape& shape, const float* oihw, int32_t in, int32_t out) {
        return oihw + (static_cast<ptrdiff_t>(out) * shape.channels_in + in) * kTaps;
    }
};

}  // namespace tailgate
