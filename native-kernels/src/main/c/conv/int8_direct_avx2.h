// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Direct convolution with 256-bit registers, for any shape; see int8_tile_avx2.h for Dot.
//
//   tile        up to 6 pixels x 16 channels out
//   weights     [channels_out / 16][kernel][kernel * channels_in / taps of a step] steps
//   loop order  block of tiles, panel of 16 channels, tile, kernel row, step. A panel stays in the first- or
//               second-level cache while the block's pixels pass, and the block in the second while the panels do
//   widening    where a tap is int16, the taps of a block's pixels are first widened into scratch, one run of
//               kernel * kernel * channels_in a pixel. All panels of the part use them

#pragma once

#include "int8_pixel_tiles.h"
#include "int8_requantise_avx2.h"

namespace tailgate {
namespace {

template <typename Dot>
class DirectConv {
  public:
    static size_t packed_bytes(const ConvShape& s) {
        return (size_t)((s.channels_out + kPanelChannels - 1) / kPanelChannels) * panel_weights(s) * sizeof(Weight);
    }

    static void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
        std::memset(packed, 0, packed_bytes(s));
        const size_t pixels = (size_t)s.kernel * (size_t)s.kernel;
        const size_t channels_in = (size_t)s.channels_in;
        for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
            Weight* panel = reinterpret_cast<Weight*>(packed) + k / kPanelChannels * panel_weights(s);
            Weight* channel = panel + k % kPanelChannels * kTaps;
            for (size_t tap = 0; tap < taps_of(s); ++tap) {
                const size_t pixel = tap / channels_in, c = tap % channels_in;
                channel[tap / kTaps * kTaps * kPanelChannels + tap % kTaps] =
                    oihw[(k * channels_in + c) * pixels + pixel];
            }
        }
    }

    static size_t scratch_bytes(const ConvShape& s) {
        return sizeof(Tile) * kMostTiles + (size_t)block_tiles(s) * kTileRows * pixel_bytes(s);
    }

    static void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void* scratch) {
        Tile* block = static_cast<Tile*>(scratch);
        uint8_t* widened = reinterpret_cast<uint8_t*>(block + kMostTiles);
        PixelTiles<kTileRows> tiles(conv, part, src);
        while (!tiles.done()) {
            int32_t count = 0;
            for (; count < block_tiles(conv.shape) && tiles.next(block[count]); ++count) {
                if (kWidens) {
                    uint8_t* to = widened + (size_t)count * kTileRows * pixel_bytes(conv.shape);
                    widen(conv.shape, tiles.source_row(), block[count], to);
                }
            }
            for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
                convolve_block(Panel(conv, first, tiles.source_row(), dst), block, count);
            }
        }
    }

  private:
    using Weight = typename Dot::Weight;
    using Tile = PixelTile<kTileRows>;
    static constexpr size_t kTaps = kStepTaps<Dot>;
    static constexpr bool kWidens = sizeof(Weight) == 2;
    static constexpr int32_t kMostTiles = 192;         // a multiple of 8, so that what follows them is aligned
    static constexpr size_t kBlockBytes = 256 * 1024;  // of widened taps: half of a small second-level cache
    static constexpr size_t kChunk = 16;               // bytes that are widened at once

    struct Panel {
        Panel(const Int8Conv& conv, int32_t first, size_t source_row, void* dst)
            : weights(conv.weights + (size_t)(first / kPanelChannels) * panel_weights(conv.shape) * sizeof(Weight)),
              constants(conv, first, dst), kernel_rows(kWidens ? 1 : conv.shape.kernel),
              steps((int32_t)(taps_of(conv.shape) / kTaps) / kernel_rows), source_row(source_row) {}

        const int8_t* weights;
        PanelConstants constants;
        int32_t kernel_rows;  ///< runs of adjacent taps
        int32_t steps;        ///< of a run
        size_t source_row;    ///< bytes from one run to the next
    };

    static size_t taps_of(const ConvShape& s) { return (size_t)s.kernel * (size_t)s.kernel * (size_t)s.channels_in; }

    static size_t panel_weights(const ConvShape& s) { return taps_of(s) * kPanelChannels; }

    /// Of widened taps; the last chunk may be filled up. One more line, so that the rows of a tile are in different
    /// sets of the first-level cache.
    static size_t pixel_bytes(const ConvShape& s) {
        return kWidens ? (taps_of(s) + 2 * kChunk - 1) / (2 * kChunk) * 4 * kChunk + 4 * kChunk : 0;
    }

    static int32_t block_tiles(const ConvShape& s) {
        const size_t tiles = kWidens ? kBlockBytes / (kTileRows * pixel_bytes(s)) : (size_t)kMostTiles;
        return tiles < 1 ? 1 : tiles > (size_t)kMostTiles ? kMostTiles : (int32_t)tiles;
    }

    static void widen(const ConvShape& s, size_t source_row, Tile& tile, uint8_t* to) {
        const size_t run = (size_t)s.kernel * (size_t)s.channels_in;
        for (int32_t i = 0; i < tile.pixels; ++i, to += pixel_bytes(s)) {
            for (int32_t ky = 0; ky < s.kernel; ++ky) {
                const uint8_t* from = tile.src[i] + (size_t)ky * source_row;
                // A run's last chunk may write too much, which the next run overwrites.
                for (size_t at = 0; at < run; at += kChunk) {
                    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
                    _mm256_storeu_si256(
                        reinterpret_cast<__m256i*>(to + ((size_t)ky * run + at) * 2), _mm256_cvtepu8_epi16(bytes));
                }
            }
            tile.src[i] = to;
        }
    }

    template <int32_t kPixels>
    static void convolve_tile(const Panel& panel, const Tile& tile) {
        for (int32_t i = 0; i < kPixels; ++i) {
            fetch_line(panel.constants.dst + tile.dst[i]);
        }
        TileSums<kPixels> sums;
        clear<kPixels>(sums);
        const int8_t* weights = panel.weights;
        for (int32_t ky = 0; ky < panel.kernel_rows; ++ky) {
            const uint8_t* rows[kPixels];
            for (int32_t i = 0; i < kPixels; ++i) {
                rows[i] = tile.src[i] + (size_t)ky * panel.source_row;
            }
            multiply<Dot, kPixels>(sums, rows, weights, panel.steps);
            weights += (size_t)panel.steps * kStepBytes;
        }
        requantise_pixels<kPixels>(panel.constants, sums, tile.dst);
    }

    static void convolve_block(const Panel& panel, const Tile* tiles, int32_t count) {
        using ConvolveTile = void (*)(const Panel&, const Tile&);
        static constexpr ConvolveTile by_pixels[kTileRows + 1] = {
            nullptr,          convolve_tile<1>, convolve_tile<2>, convolve_tile<3>,
            convolve_tile<4>, convolve_tile<5>, convolve_tile<6>};
        for (int32_t i = 0; i < count; ++i) {
            by_pixels[tiles[i].pixels](panel, tiles[i]);
        }
    }
};

}  // namespace
}  // namespace tailgate
