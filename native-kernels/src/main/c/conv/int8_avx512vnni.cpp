// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for AVX-512 with VNNI.
//
//   tile        up to 6 pixels x 64 channels out: 24 registers of sums, 4 of weights, 1 of a broadcast activation
//   weights     [channels_out / 64][kernel][kernel * channels_in / 4][64][4]: a step of four taps is four cache lines
//   loop order  block of 1,020 pixels, panel of 64 channels, tile of pixels, kernel row, step of four taps. A panel
//               (147 KB for 3x3, 256 channels) and what a block reads and writes stay in the second-level cache
//   prefetch    weights eight steps ahead into the first level, unless the panel stays there (then it costs 4 %). A line
//               a step of what comes next: of a cold panel, into the second level, while the one before it is in work
//               (8 % at batch 1), and of the next tile's source (5 % at batch 1). The next tile's destination
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
constexpr size_t kNearBytes = 24 * 1024;  ///< a panel up to this size stays in the first-level cache

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
    size_t next_weights_stride;  ///< from one fetch of what comes next to another, in bytes
    size_t next_source_stride;
};

/// What comes next, and is fetched in turns: a step of the tile in work fetches one line of one of the two.
struct Next {
    const int8_t* weights;
    const uint8_t* source;
};

/// Adds the products of four taps, `offset` bytes from each pixel's first one in the row.
template <int32_t kPixels, bool kNear>
inline __attribute__((always_inline)) void multiply_step(
    const uint8_t* const (&taps)[kPixels], size_t offset, const int8_t* weights, __m512i (&sums)[kPixels][4]) {
    __m512i w[4];
#pragma GCC unroll 4
    for (int32_t j = 0; j < 4; ++j) {
        w[j] = _mm512_load_si512(weights + 64 * j);
        if (!kNear) {
            _mm_prefetch((const char*)(weights + kPrefetchSteps * kStepBytes + (size_t)(64 * j)), _MM_HINT_T0);
        }
    }
#pragma GCC unroll 6
    for (int32_t i = 0; i < kPixels; ++i) {
        const __m512i activations = broadcast_four(taps[i] + offset);
#pragma GCC unroll 4
        for (int32_t j = 0; j < 4; ++j) {
            __asm__("vpdpbusd %2, %1, %0" : "+v"(sums[i][j]) : "v"(activations), "v"(w[j]));
        }
    }
}

/// One kernel row: adds its products and moves on what it has read.
template <int32_t kPixels, bool kNear>
inline __attribute__((always_inline)) void multiply_row(
    const Panel& panel, const uint8_t* const (&taps)[kPixels], const int8_t*& weights, Next& next,
    __m512i (&sums)[kPixels][4]) {
    int32_t step = 0;
    for (; step + 2 <= panel.steps; step += 2) {
        const size_t offset = (size_t)step * 4;
        _mm_prefetch((const char*)next.weights, _MM_HINT_T1);
        multiply_step<kPixels, kNear>(taps, offset, weights, sums);
        _mm_prefetch((const char*)next.source, _MM_HINT_T0);
        multiply_step<kPixels, kNear>(taps, offset + 4, weights + kStepBytes, sums);
        weights += 2 * kStepBytes;
        next.weights += panel.next_weights_stride;
        next.source += panel.next_source_stride;
    }
    if (step < panel.steps) {
        multiply_step<kPixels, kNear>(taps, (size_t)step * 4, weights, sums);
        weights += kStepBytes;
    }
}

/// One tile, for a panel that is near (in the first-level cache) or not. A plain panel is whole and fits an int32 (see
/// Variant); the last two arguments of the template hold for it, and are ignored for any other.
template <bool kNear, bool kPlain, Residual kResidual, bool kDstSigned, int32_t kPixels>
void convolve_tile(const Panel& panel, const Tile& tile, Next next) {
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
        multiply_row<kPixels, kNear>(panel, taps, weights, next, sums);
    }
    const Variant variant = kPlain ? Variant{kResidual, kDstSigned, true, true} : panel.constants.variant;
#pragma GCC unroll 6
    for (int32_t i = 0; i < kPixels; ++i) {
        requantise_pixel(panel.constants, variant, sums[i], tile.dst[i], panel.dst);
    }
}

using ConvolveTile = void (*)(const Panel&, const Tile&, Next);

template <bool kNear, bool kPlain, Residual kResidual, bool kDstSigned>
constexpr ConvolveTile kByPixels[kTilePixels + 1] = {
    nullptr,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 1>,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 2>,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 3>,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 4>,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 5>,
    convolve_tile<kNear, kPlain, kResidual, kDstSigned, 6>};

/// Kernels by the number of pixels. Those that a network needs most know all that they requantise: up to 5 %.
template <bool kNear>
const ConvolveTile* kernels_for(const Variant& v) {
    const bool plain = v.whole && v.fits_int32;
    if (plain && v.residual == Residual::kNone) {
        return v.dst_signed ? kByPixels<kNear, true, Residual::kNone, true>
                            : kByPixels<kNear, true, Residual::kNone, false>;
    }
    if (plain && !v.dst_signed) {
        return v.residual == Residual::kSigned ? kByPixels<kNear, true, Residual::kSigned, false>
                                               : kByPixels<kNear, true, Residual::kUnsigned, false>;
    }
    return kByPixels<kNear, false, Residual::kNone, false>;
}

/// Fetches the lines that a tile writes, and, with a residual, reads.
void fetch_destination(const Panel& panel, const Tile& tile) {
    for (int32_t i = 0; i < tile.pixels; ++i) {
        _mm_prefetch(static_cast<const char*>(panel.dst) + tile.dst[i] + panel.constants.first, _MM_HINT_T0);
    }
}

/// Weights to fetch while a panel is in work.
struct NextPanel {
    const int8_t* weights;
    size_t bytes;
};

size_t divide_up(size_t a, size_t b) { return (a + b - 1) / b; }

void convolve_panel(const Int8Conv& conv, Panel& panel, const Tile* tiles, int32_t count, const NextPanel& following) {
    const ConvShape& s = conv.shape;
    const size_t fetches = (size_t)(panel.kernel_rows * (panel.steps / 2));  // a tile's, of either kind
    // Of the next tile's source, the last kernel row's last pixels are new; the others lie under this tile's, too.
    const size_t new_source = (size_t)(s.kernel - 1) * (panel.source_row + (size_t)s.channels_in);
    panel.next_source_stride = divide_up((size_t)(kTilePixels * s.stride * s.channels_in), fetches + 1);
    panel.next_weights_stride = divide_up(following.bytes, (size_t)count * fetches + 1);
    const Variant& variant = panel.constants.variant;
    const bool near = panel_bytes(s) <= kNearBytes;
    const ConvolveTile* kernels = near ? kernels_for<true>(variant) : kernels_for<false>(variant);
    const int8_t* next_weights = following.weights;
    for (int32_t i = 0; i < count; ++i, next_weights += fetches * panel.next_weights_stride) {
        const Tile& next = tiles[i + 1 < count ? i + 1 : i];
        fetch_destination(panel, next);
        kernels[tiles[i].pixels](panel, tiles[i], {next_weights, next.src[0] + new_source});
    }
}

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void* scratch) {
    Tile* block = static_cast<Tile*>(scratch);
    const size_t bytes = panel_bytes(conv.shape);
    PixelTiles<kTilePixels> tiles(conv, part, src);
    for (bool first_block = true; !tiles.done(); first_block = false) {
        int32_t count = 0;
        while (count < kBlockTiles && tiles.next(block[count])) {
            ++count;
        }
        for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
            const int8_t* weights = conv.weights + (size_t)(first / kPanelChannels) * bytes;
            const bool last_panel = first + kPanelChannels >= part.channel_end;
            NextPanel following = {weights, 0};
            if (!last_panel && first_block) {
                following = {weights + bytes, bytes};
            } else if (last_panel && tiles.done() && conv.next_weights != nullptr) {
                following = {conv.next_weights, conv.next_bytes};
            }
            Panel panel = {
                weights, PanelConstants(conv, first), conv.shape.kernel, steps_of_row(conv.shape), tiles.source_row(),
                dst,     0, 0};
            convolve_panel(conv, panel, block, count, following);
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
