// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for AVX-512 with VNNI.
//
//   tile        up to 6 pixels x 64 channels out: 24 registers of sums, 4 of weights, 1 of a broadcast activation
//   weights     [channels_out / 64][kernel][kernel * channels_in / 4][64][4]: a step of four taps is four cache lines
//   loop order  block of 1,020 pixels, panel of 64 channels, tile of pixels, kernel row, step of four taps. A panel
//               (147 KB for 3x3, 256 channels) and what a block reads and writes stay in the second-level cache
//   vpdpbusd    four u8 * s8 products into an int32, exact; as inline assembly, because GCC 12 spills the sums to the
//               stack around the intrinsic, at half the speed

#include <cstring>

#include "int8_fully_connected_avx512vnni.h"
#include "int8_pixel_tiles.h"
#include "int8_pool_avx512.h"
#include "int8_requantise_avx512.h"

namespace tailgate {
namespace {

constexpr int32_t kTilePixels = 6;
constexpr int32_t kBlockTiles = 170;
constexpr size_t kStepBytes = 4 * kPanelChannels;  ///< of weights: four taps of each channel of a panel
constexpr size_t kPrefetchSteps = 8;

int32_t steps_of_row(const ConvShape& s) { return s.kernel * s.channels_in / 4; }

size_t panel_bytes(const ConvShape& s) { return (size_t)s.kernel * (size_t)steps_of_row(s) * kStepBytes; }

size_t packed_bytes(const ConvShape& s) {
    return (size_t)((s.channels_out + kPanelChannels - 1) / kPanelChannels) * panel_bytes(s);
}

void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
    std::memset(packed, 0, packed_bytes(s));
    const size_t taps = (size_t)s.kernel * (size_t)s.kernel;
    const size_t channels_in = (size_t)s.channels_in;
    for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
        int8_t* channel = packed + k / kPanelChannels * panel_bytes(s) + k % kPanelChannels * 4;
        for (size_t tap = 0; tap < taps; ++tap) {
            for (size_t c = 0; c < channels_in; ++c) {
                const size_t position = tap * channels_in + c;
                channel[position / 4 * kStepBytes + position % 4] = oihw[(k * channels_in + c) * taps + tap];
            }
        }
    }
}

using Tile = PixelTile<kTilePixels>;

size_t scratch_bytes(const ConvShape&) { return kBlockTiles * sizeof(Tile); }

int32_t channel_step(const ConvShape&) { return kPanelChannels; }

__m512i broadcast_four(const uint8_t* p) {
    int32_t four;
    std::memcpy(&four, p, sizeof four);
    return _mm512_set1_epi32(four);
}

/// What all tiles of a panel share.
struct Panel {
    const int8_t* weights;
    PanelConstants constants;
    int32_t kernel_rows;
    int32_t steps;
    size_t source_row;
    void* dst;
};

template <int32_t kPixels>
void convolve_tile(const Panel& panel, const Tile& tile) {
    __m512i sums[kPixels][4];
#pragma GCC unroll 6
    for (int32_t i = 0; i < kPixels; ++i) {
#pragma GCC unroll 4
        for (int32_t j = 0; j < 4; ++j) {
            sums[i][j] = _mm512_setzero_si512();
        }
    }
    const int8_t* weights = panel.weights;
    for (int32_t ky = 0; ky < panel.kernel_rows; ++ky) {
        const uint8_t* taps[kPixels];
#pragma GCC unroll 6
        for (int32_t i = 0; i < kPixels; ++i) {
            taps[i] = tile.src[i] + (size_t)ky * panel.source_row;
        }
        for (int32_t step = 0; step < panel.steps; ++step, weights += kStepBytes) {
            __m512i w[4];
#pragma GCC unroll 4
            for (int32_t j = 0; j < 4; ++j) {
                w[j] = _mm512_load_si512(weights + 64 * j);
                _mm_prefetch((const char*)(weights + kPrefetchSteps * kStepBytes + (size_t)(64 * j)), _MM_HINT_T0);
            }
#pragma GCC unroll 6
            for (int32_t i = 0; i < kPixels; ++i) {
                const __m512i activations = broadcast_four(taps[i] + (size_t)step * 4);
#pragma GCC unroll 4
                for (int32_t j = 0; j < 4; ++j) {
                    __asm__("vpdpbusd %2, %1, %0" : "+v"(sums[i][j]) : "v"(activations), "v"(w[j]));
                }
            }
        }
    }
#pragma GCC unroll 6
    for (int32_t i = 0; i < kPixels; ++i) {
        requantise_pixel(panel.constants, panel.constants.variant, sums[i], tile.dst[i], panel.dst);
    }
}

using ConvolveTile = void (*)(const Panel&, const Tile&);

constexpr ConvolveTile kConvolveTile[kTilePixels + 1] = {
    nullptr,          convolve_tile<1>, convolve_tile<2>, convolve_tile<3>,
    convolve_tile<4>, convolve_tile<5>, convolve_tile<6>};

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void* scratch) {
    Tile* block = static_cast<Tile*>(scratch);
    PixelTiles<kTilePixels> tiles(conv, part, src);
    while (!tiles.done()) {
        int32_t count = 0;
        while (count < kBlockTiles && tiles.next(block[count])) {
            ++count;
        }
        for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
            const Panel panel = {
                conv.weights + (size_t)(first / kPanelChannels) * panel_bytes(conv.shape),
                PanelConstants(conv, first),
                conv.shape.kernel,
                steps_of_row(conv.shape),
                tiles.source_row(),
                dst};
            for (int32_t i = 0; i < count; ++i) {
                kConvolveTile[block[i].pixels](panel, block[i]);
            }
        }
    }
}

}  // namespace

const Int8Kernels kInt8Avx512Vnni = {
    "avx512vnni",
    packed_bytes,
    pack,
    scratch_bytes,
    channel_step,
    convolve,
    nullptr,
    nullptr,
    int8_max_pool_avx512,
    int8_average_pool_avx512,
    int8_fully_connected_packed_bytes_avx512vnni,
    int8_fully_connected_pack_avx512vnni,
    int8_fully_connected_avx512vnni,
};

}  // namespace tailgate
