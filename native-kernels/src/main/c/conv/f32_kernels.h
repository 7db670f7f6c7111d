// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The FP32 kernels of one instruction set, as a table that the network calls through. No kernel allocates, starts a
// thread or keeps state: the caller owns every buffer and asks here for its size. Activations are NHWC without border.
// They, a residual, packed weights and scratch are 64-byte aligned; bias, the classifier's weights and sgemm's matrices
// need be aligned as floats only. Nothing is read past the end of a buffer.

#pragma once

#include "conv_shape.h"

namespace tailgate {

enum class F32Algorithm : int32_t {
    kDirect = 0,
    kWinograd = 1,  ///< F(4x4, 3x3); only kernel 3, stride 1, padding 1
};

/// Tiles of 4x4 output pixels.
inline int32_t winograd_tiles(const ConvShape& shape) {
    return shape.batch * ((shape.out_height() + 3) / 4) * ((shape.out_width() + 3) / 4);
}

/// Whether Winograd is the faster where it is supported: not below 16 tiles, where reading four times the weights, or
/// transforming them, costs more than it saves (512 channels at 7x7, one image: half of direct's speed).
inline bool winograd_pays(const ConvShape& shape) { return winograd_tiles(shape) >= 16; }

/// One FP32 convolution: dst = [relu](conv(src, weights) + bias [+ residual]).
struct F32Conv {
    ConvShape shape;
    F32Algorithm algorithm;
    const float* weights;   ///< as pack() left them
    const float* bias;      ///< [channels_out]
    const float* residual;  ///< NHWC like dst, or nullptr; may be dst itself
    bool relu;
};

struct F32Kernels {
    const char* name;  ///< e.g. "avx512"

    /// Whether convolve() takes this shape with this algorithm. Direct is supported for every valid shape.
    bool (*supports)(const ConvShape&, F32Algorithm);
    /// Floats that pack() writes.
    size_t (*packed_floats)(const ConvShape&, F32Algorithm);
    /// Packs OIHW weights into the layout of this instruction set. 64-byte aligned destination.
    void (*pack)(const ConvShape&, F32Algorithm, const float* oihw, float* packed);
    /// Bytes of 64-byte-aligned scratch that convolve() needs for a part of `rows` rows; may be 0.
    size_t (*scratch_bytes)(const ConvShape&, F32Algorithm, int32_t rows);
    /// Step to which ConvPart's rows and channels are cut (see conv_shape.h). Powers of two for channels.
    int32_t (*row_step)(const ConvShape&, F32Algorithm);
    int32_t (*channel_step)(const ConvShape&, F32Algorithm);
    void (*convolve)(const F32Conv&, const ConvPart&, const float* src, float* dst, void* scratch);

    /// 3x3, stride 2, padding 1 maximum over NHWC; rows of the output, flattened over the batch.
    void (*max_pool)(const ConvShape&, int32_t row_begin, int32_t row_end, const float* src, float* dst);
    /// Mean over all pixels of images [image_begin, image_end): dst[image][channel].
    void (*average_pool)(
        int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, const float* src, float* dst);
    /// dst[image][out] = bias[out] + sum_in src[image][in] * weights[in][out] for out in [out_begin, out_end), which
    /// are multiples of 16 or `outs`.
    void (*fully_connected)(
        int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
        const float* src, const float* weights, const float* bias, float* dst);
    /// Row-major C[m][n] = A[m][k] * B[k][n], rows [row_begin, row_end) of it. `packed_b` is B after sgemm_pack.
    size_t (*sgemm_packed_floats)(int32_t n, int32_t k);
    void (*sgemm_pack)(int32_t n, int32_t k, const float* b, float* packed_b);
    void (*sgemm)(
        int32_t row_begin, int32_t row_end, int32_t n, int32_t k,  //
        const float* a, const float* packed_b, float* c);
};

/// Plain C++, any CPU; also the fallback where nothing better is compiled.
extern const F32Kernels kF32Portable;
extern const F32Kernels kF32Avx2;    ///< needs AVX2 and FMA
extern const F32Kernels kF32Avx512;  ///< needs AVX-512 F, BW, DQ, VL
extern const F32Kernels kF32Neon;    ///< needs 64-bit Arm, all of which has it

}  // namespace tailgate
