// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Puts the kernel templates together into the table of one instruction set.

#pragma once

#include "../gemm/f32_sgemm.h"
#include "f32_direct.h"
#include "f32_fully_connected.h"
#include "f32_kernels.h"
#include "f32_pooling.h"
#include "f32_reduce.h"
#include "f32_strip.h"
#include "f32_winograd.h"

namespace tailgate {

template <class Isa>
struct F32Table {
    static constexpr F32Kernels named(const char* name) {
        return {
            name, supports, packed_floats, pack, scratch_bytes, row_step, channel_step, convolve, max_pool<Isa>,
            average_pool<Isa>, fully_connected, sgemm_packed_floats, sgemm_pack, sgemm};
    }

    static bool supports(const ConvShape& shape, F32Algorithm algorithm) {
        return algorithm == F32Algorithm::kDirect || WinogradConv<Isa>::supports(shape);
    }

    static size_t packed_floats(const ConvShape& shape, F32Algorithm algorithm) {
        if (algorithm == F32Algorithm::kWinograd) {
            return WinogradWeights<Isa>::packed_floats(shape);
        }
        return panel_floats<Isa>(shape.kernel * shape.kernel * shape.channels_in, shape.channels_out);
    }

    static void pack(const ConvShape& shape, F32Algorithm algorithm, const float* oihw, float* packed) {
        if (algorithm == F32Algorithm::kWinograd) {
            return WinogradWeights<Isa>::pack(shape, oihw, packed);
        }
        const int32_t taps = shape.kernel * shape.kernel;
        const auto weight = [&](int32_t k, int32_t channel_out) {
            const ptrdiff_t plane = static_cast<ptrdiff_t>(channel_out) * shape.channels_in + k % shape.channels_in;
            const int32_t major = k / shape.channels_in / shape.kernel;
            const int32_t minor = k / shape.channels_in % shape.kernel;
            if (StripConv<Isa>::supports(shape)) {
                return oihw[plane * taps + minor * shape.kernel + major];
            }
            return oihw[plane * taps + DirectConv<Isa>::kernel_row(shape, major) * shape.kernel + minor];
        };
        pack_panels<Isa>(taps * shape.channels_in, shape.channels_out, packed, weight);
    }

    static size_t scratch_bytes(const ConvShape& shape, F32Algorithm algorithm, int32_t rows) {
        if (algorithm == F32Algorithm::kWinograd) {
            return WinogradConv<Isa>::scratch_floats(shape, rows) * sizeof(float);
        }
        if (ReduceConv<Isa>::supports(shape)) {
            return ReduceConv<Isa>::scratch_floats(shape, rows) * sizeof(float);
        }
        if (StripConv<Isa>::supports(shape)) {
            return StripConv<Isa>::scratch_floats(shape) * sizeof(float);
        }
        return static_cast<size_t>(rows) * sizeof(DirectRow);
    }

    static int32_t row_step(const ConvShape& shape, F32Algorithm algorithm) {
        return algorithm == F32Algorithm::kWinograd ? WinogradConv<Isa>::row_step(shape) : 1;
    }
    static int32_t channel_step(const ConvShape&, F32Algorithm) { return kPanel<Isa>; }

    static void convolve(const F32Conv& conv, const ConvPart& part, const float* src, float* dst, void* scratch) {
        if (conv.algorithm == F32Algorithm::kWinograd) {
            WinogradConv<Isa>(conv, part, src, dst, static_cast<float*>(scratch)).run();
        } else if (ReduceConv<Isa>::supports(conv.shape)) {
            ReduceConv<Isa>(conv, part, src, dst, static_cast<float*>(scratch)).run();
        } else if (StripConv<Isa>::supports(conv.shape)) {
            StripConv<Isa>(conv, part, src, dst, static_cast<float*>(scratch)).run();
        } else {
            DirectConv<Isa>(conv, part, src, dst, static_cast<DirectRow*>(scratch)).run();
        }
    }

    static void fully_connected(
        int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
        const float* src, const float* weights, const float* bias, float* dst) {
        FullyConnected<Isa>(images, ins, outs, src, weights, dst).run(out_begin, out_end, bias);
    }

    static size_t sgemm_packed_floats(int32_t n, int32_t k) { return panel_floats<Isa>(k, n); }

    static void sgemm_pack(int32_t n, int32_t k, const float* b, float* packed_b) {
        pack_panels<Isa>(k, n, packed_b, [&](int32_t row, int32_t column) {
            return b[static_cast<ptrdiff_t>(row) * n + column];
        });
    }

    static void sgemm(
        int32_t row_begin, int32_t row_end, int32_t n, int32_t k,  //
        const float* a, const float* packed_b, float* c) {
        Sgemm<Isa>(n, k, a, packed_b, c).run(row_begin, row_end);
    }
};

}  // namespace tailgate
