// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 kernels in plain C++, for any CPU.
//
//   weights     [channels_out][kernel][kernel * channels_in]: in the order in which NHWC has a pixel's taps, so that a
//               convolution is `kernel` dot products of adjacent bytes a pixel, which the compiler can vectorise
//   loop order  channel out, tile of pixels, pixel: the weights of one channel stay in the first-level cache

#include <cstring>

#include "int8_pixel_tiles.h"
#include "int8_pool_window.h"
#include "int8_requantise.h"

namespace tailgate {
namespace {

constexpr int32_t kTilePixels = 16;
constexpr int32_t kChannelStep = 1;

size_t taps_of_row(const ConvShape& s) { return (size_t)s.kernel * (size_t)s.channels_in; }

size_t packed_bytes(const ConvShape& s) { return (size_t)s.channels_out * (size_t)s.kernel * taps_of_row(s); }

void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
    const int32_t taps = s.kernel * s.kernel;
    for (int32_t k = 0; k < s.channels_out; ++k) {
        for (int32_t tap = 0; tap < taps; ++tap) {
            for (int32_t c = 0; c < s.channels_in; ++c) {
                *packed++ = oihw[((size_t)k * (size_t)s.channels_in + (size_t)c) * (size_t)taps + (size_t)tap];
            }
        }
    }
}

size_t scratch_bytes(const ConvShape&) { return 0; }

int32_t channel_step(const ConvShape&) { return kChannelStep; }

int32_t dot(const uint8_t* activations, const int8_t* weights, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; ++i) {
        sum += (int32_t)activations[i] * (int32_t)weights[i];
    }
    return sum;
}

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void*) {
    const size_t taps = taps_of_row(conv.shape);
    for (int32_t k = part.channel_begin; k < part.channel_end; ++k) {
        const int8_t* weights = conv.weights + (size_t)k * (size_t)conv.shape.kernel * taps;
        PixelTiles<kTilePixels> tiles(conv, part, src);
        for (PixelTile<kTilePixels> tile; tiles.next(tile);) {
            for (int32_t i = 0; i < tile.pixels; ++i) {
                int32_t sum = 0;
                for (int32_t ky = 0; ky < conv.shape.kernel; ++ky) {
                    sum += dot(tile.src[i] + (size_t)ky * tiles.source_row(), weights + (size_t)ky * taps, taps);
                }
                requantise(conv, sum, k, (size_t)tile.dst[i] + (size_t)k, dst);
            }
        }
    }
}

/// Raises each of `n` bytes of `highest` to the one at `other`.
void raise_to(uint8_t* highest, const uint8_t* other, size_t n) {
    for (size_t i = 0; i < n; ++i) {
        highest[i] = highest[i] < other[i] ? other[i] : highest[i];
    }
}

void max_pool(
    const ConvShape& s, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border) {
    const PoolTaps taps(s, src, src_border, dst, dst_border);
    for (int32_t row = row_begin; row < row_end; ++row) {
        for (int32_t x = 0; x < s.out_width(); ++x) {
            const PoolWindow w = taps.at(row, x);
            std::memset(w.dst, 0, (size_t)s.channels_in);
            for (int32_t i = 0; i < w.height; ++i) {
                for (int32_t j = 0; j < w.width; ++j) {
                    raise_to(w.dst, w.tap(i, j), (size_t)s.channels_in);
                }
            }
        }
    }
}

void average_pool(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst) {
    for (int32_t image = image_begin; image < image_end; ++image) {
        const uint8_t* pixel = src + (size_t)image * (size_t)pixels * (size_t)channels;
        for (int32_t c = 0; c < channels; ++c) {
            int32_t sum = 0;
            for (int32_t p = 0; p < pixels; ++p) {
                sum += pixel[(size_t)p * (size_t)channels + (size_t)c];
            }
            dst[(size_t)image * (size_t)channels + (size_t)c] =
                (uint8_t)round_and_saturate((float)sum * scale, 0, 255);
        }
    }
}

size_t fully_connected_packed_bytes(int32_t ins, int32_t outs) { return (size_t)ins * (size_t)outs; }

void fully_connected_pack(int32_t ins, int32_t outs, const int8_t* weights, int8_t* packed) {
    std::memcpy(packed, weights, fully_connected_packed_bytes(ins, outs));
}

void fully_connected(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* packed, const float* scale, const float* bias, float* dst) {
    for (int32_t out = out_begin; out < out_end; ++out) {
        const int8_t* weights = packed + (size_t)out * (size_t)ins;
        for (int32_t image = 0; image < images; ++image) {
            const int32_t sum = dot(src + (size_t)image * (size_t)ins, weights, (size_t)ins);
            dst[(size_t)image * (size_t)outs + (size_t)out] = std::fmaf((float)sum, scale[out], bias[out]);
        }
    }
}

}  // namespace

const Int8Kernels kInt8Portable = {
    "portable",   packed_bytes,   pack,
    scratch_bytes, channel_step,  convolve,
    nullptr,      nullptr,        max_pool,
    average_pool, fully_connected_packed_bytes, fully_connected_pack,
    fully_connected,
};

}  // namespace tailgate
