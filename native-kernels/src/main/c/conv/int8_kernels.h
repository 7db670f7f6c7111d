// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The INT8 kernels of one instruction set, as a table that the network calls through. No kernel allocates, starts a
// thread or keeps state. Bit for bit the same result on every instruction set:
//
//   acc  = sum over taps and channels of src * weight, exact in int32
//   f    = fma(float(acc), scale[k], bias[k]);  with a residual: f = fma(residual_scale, float(residual), f)
//   dst  = saturate(round-half-even(f)) to 0..255 (the ReLU is the lower limit) or, dst_signed, to -128..127
//
// Activations are NHWC bytes, 64-byte aligned, each image with its border of zeros (conv_shape.h); buffers have at
// least 256 readable bytes after their end, because tiles read whole registers.

#pragma once

#include "conv_shape.h"

namespace tailgate {

/// One INT8 convolution. channels_in is a multiple of 4 (the stem's three are padded to four, the fourth weight 0).
struct Int8Conv {
    ConvShape shape;
    const int8_t* weights;  ///< as pack() left them; full range -128..127
    const float* scale;     ///< [channels_out]: src scale * weight scale[k] / dst scale
    const float* bias;      ///< [channels_out]: bias[k] / dst scale
    const void* residual;   ///< NHWC bytes like dst (same border), or nullptr; may be dst itself
    float residual_scale;   ///< residual scale / dst scale
    bool residual_signed;
    bool dst_signed;     ///< only without ReLU: the projection shortcut
    int32_t src_border;  ///< >= padding: a kernel never tests for the edge of an image
    int32_t dst_border;  ///< also the residual's
    /// What the same thread reads next, to be fetched while the last of these weights are in use. A hint: a kernel may
    /// ignore it, and its user leave it out.
    const int8_t* next_weights = nullptr;
    size_t next_bytes = 0;
};

struct Int8Kernels {
    const char* name;  ///< e.g. "avx512vnni"

    size_t (*packed_bytes)(const ConvShape&);
    /// Packs OIHW weights. 64-byte aligned destination.
    void (*pack)(const ConvShape&, const int8_t* oihw, int8_t* packed);
    /// Bytes of 64-byte-aligned scratch a worker needs; may be 0.
    size_t (*scratch_bytes)(const ConvShape&);
    int32_t (*channel_step)(const ConvShape&);  ///< rows are cut anywhere
    /// Writes the part's pixels only, never the border.
    void (*convolve)(const Int8Conv&, const ConvPart&, const uint8_t* src, void* dst, void* scratch);
    /// To be called once by each thread before its first convolve() (AMX: asks Linux for its permission;
    /// convolve() configures the tiles) and after its last. Either may be nullptr.
    void (*thread_begin)();
    void (*thread_end)();

    /// 3x3, stride 2, padding 1 maximum of unsigned bytes; border of the source and the destination in pixels.
    void (*max_pool)(
        const ConvShape&, int32_t row_begin, int32_t row_end,  //
        const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border);
    /// dst[image][channel] = saturate(round-half-even(float(sum over pixels) * scale)).
    void (*average_pool)(
        int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
        const uint8_t* src, uint8_t* dst);
    /// dst[image][out] = fma(float(sum_in src * weight), scale[out], bias[out]) for out in [out_begin, out_end),
    /// multiples of 16 or `outs`; weights packed by fully_connected_pack from [outs][ins].
    size_t (*fully_connected_packed_bytes)(int32_t ins, int32_t outs);
    void (*fully_connected_pack)(int32_t ins, int32_t outs, const int8_t* weights, int8_t* packed);
    void (*fully_connected)(
        int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
        const uint8_t* src, const int8_t* packed, const float* scale, const float* bias, float* dst);
};

extern const Int8Kernels kInt8Portable;
extern const Int8Kernels kInt8Avx2;        ///< needs AVX2 and FMA; widens to 16 bits, so nothing saturates
extern const Int8Kernels kInt8AvxVnni;     ///< needs those and AVX-VNNI
extern const Int8Kernels kInt8Avx512Vnni;  ///< needs AVX-512 F, BW, DQ, VL and VNNI
extern const Int8Kernels kInt8AmxInt8;     ///< needs those and AMX-TILE, AMX-INT8, and the operating system's leave

}  // namespace tailgate
