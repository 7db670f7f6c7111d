// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Winograd's F(2x2, 3x3) in integers: 16 multiplications where four output pixels would take 36, and not a bit of
// difference. vpmaddwd multiplies int16 anyway, and that has room for what the transforms add to u8 and s8.
//
//   input       B^T d B of 4x4 pixels: 16 points of at most 4 * 255, int16
//   weights     (2 G) g (2 G)^T: without the halves of G, at most 9 * 128, int16, made by pack()
//   product     of each point, summed over channels_in: int32, where a sum may wrap around
//   output      A^T m A: four times the convolution, exact because that fits an int32 (supports())
//
//   packed      [channels_out / 16][point][channels_in / 2] steps of DotInt16
//   loop order  block of tiles, panel of 16 channels, point, 6 tiles, step. A block shares one walk through the
//               weights, which are 16/9 as many as the direct kernel's
//   points      [point][tile][channel], with a line between two points, so that the 16 that a transform writes at once
//               are in different sets of the first-level cache

#pragma once

#include "int8_requantise_avx2.h"
#include "int8_winograd_transform_avx2.h"

namespace tailgate {
namespace {

class WinogradConv {
  public:
    /// 4 * 9 * 255 * 128 * channels_in fits an int32; fewer channels than a vector has would waste it.
    static bool supports(const ConvShape& s) {
        return s.kernel == 3 && s.stride == 1 && s.channels_in >= kTransformChannels && s.channels_in <= 1827;
    }

    static size_t packed_bytes(const ConvShape& s) {
        return (size_t)((s.channels_out + kPanelChannels - 1) / kPanelChannels) * panel_bytes(s);
    }

    static void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
        std::memset(packed, 0, packed_bytes(s));
        const auto channels_in = (size_t)s.channels_in;
        for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
            auto* panel = reinterpret_cast<int16_t*>(packed + k / kPanelChannels * panel_bytes(s));
            for (size_t point = 0; point < kPoints; ++point, panel += channels_in * kPanelChannels) {
                int16_t* channel = panel + k % kPanelChannels * 2;
                for (size_t c = 0; c < channels_in; ++c) {
                    channel[c / 2 * 2 * kPanelChannels + c % 2] =
                        winograd_weight(oihw + (k * channels_in + c) * 9, point / kTileSide, point % kTileSide);
                }
            }
        }
    }

    static size_t scratch_bytes(const ConvShape& s) {
        const size_t tiles = (size_t)block_tiles(s);
        return kMostTiles * sizeof(WinogradTile) + kPoints * (input_point_bytes(s, tiles) + product_point_bytes(tiles));
    }

    WinogradConv(const Int8Conv& conv, void* dst, void* scratch)
        : conv_(conv), dst_(dst), tiles_(static_cast<WinogradTile*>(scratch)),
          inputs_(reinterpret_cast<uint8_t*>(tiles_ + kMostTiles)) {}

    void run(const ConvPart& part, const uint8_t* src) {
        WinogradTiles tiles(conv_, part, src);
        const int32_t groups = (tiles.left() + kTileRows - 1) / kTileRows;
        const int32_t most = block_tiles(conv_.shape) / kTileRows;
        const int32_t blocks = (groups + most - 1) / most;
        for (int32_t block = 0; block < blocks; ++block) {
            const int32_t groups_here = groups * (block + 1) / blocks - groups * block / blocks;
            start_block(tiles, groups_here * kTileRows);
            for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
                multiply_panel(first);
                const PanelConstants panel(conv_, first, dst_);
                for (int32_t i = 0; i < count_; ++i) {
                    transform_output(panel, i);
                }
            }
        }
    }

  private:
    static constexpr int32_t kMostTiles = 192;         // a multiple of 6, and of 8: what follows them is aligned
    static constexpr size_t kLine = 64;                // bytes
    static constexpr size_t kBlockBytes = 400 * 1024;  // of points: they stay in the second-level cache

    static size_t panel_bytes(const ConvShape& s) {
        return (size_t)kPoints * (size_t)s.channels_in * kPanelChannels * sizeof(int16_t);
    }
    static size_t input_tile_bytes(const ConvShape& s) {
        return ((size_t)s.channels_in * sizeof(int16_t) + kLine - 1) / kLine * kLine;
    }
    static size_t input_point_bytes(const ConvShape& s, size_t tiles) { return tiles * input_tile_bytes(s) + kLine; }
    static size_t product_point_bytes(size_t tiles) { return tiles * kPanelChannels * sizeof(int32_t) + kLine; }

    /// Whole groups of 6.
    static int32_t block_tiles(const ConvShape& s) {
        const size_t groups = kBlockBytes / (kPoints * kTileRows * input_tile_bytes(s));
        const size_t most = kMostTiles / kTileRows;
        return kTileRows * (int32_t)(groups < 1 ? 1 : groups > most ? most : groups);
    }

    void start_block(WinogradTiles& tiles, int32_t most) {
        count_ = most < tiles.left() ? most : tiles.left();
        input_point_ = input_point_bytes(conv_.shape, (size_t)count_);
        product_point_ = product_point_bytes((size_t)count_);
        products_ = inputs_ + kPoints * input_point_;
        for (int32_t i = 0; i < count_; ++i) {
            tiles_[i] = tiles.next();
            transform_input(tiles_[i], inputs_ + (size_t)i * input_tile_bytes(conv_.shape));
        }
    }

    void transform_input(const WinogradTile& tile, uint8_t* points) const {
        for (int32_t c = 0; c < conv_.shape.channels_in; c += kTransformChannels) {
            winograd_input(tile, c, points + (size_t)c * sizeof(int16_t), input_point_);
        }
    }

    void multiply_panel(int32_t first) const {
        const int8_t* weights = conv_.weights + (size_t)(first / kPanelChannels) * panel_bytes(conv_.shape);
        for (size_t point = 0; point < kPoints; ++point) {
            const uint8_t* inputs = inputs_ + point * input_point_;
            auto* products = reinterpret_cast<__m256i*>(products_ + point * product_point_);
            int32_t left = count_;
            for (; left >= kTileRows; left -= kTileRows) {
                multiply_tiles<kTileRows>(inputs, weights, products);
                inputs += kTileRows * input_tile_bytes(conv_.shape);
                products += 2 * kTileRows;
            }
            for (; left > 0; --left) {
                multiply_tiles<1>(inputs, weights, products);
                inputs += input_tile_bytes(conv_.shape);
                products += 2;
            }
            weights += panel_bytes(conv_.shape) / kPoints;
        }
    }

    template <int32_t kTiles>
    void multiply_tiles(const uint8_t* inputs, const int8_t* weights, __m256i* products) const {
        TileSums<kTiles> sums;
        clear<kTiles>(sums);
        const uint8_t* rows[kTiles];
        for (int32_t i = 0; i < kTiles; ++i) {
            rows[i] = inputs + (size_t)i * input_tile_bytes(conv_.shape);
        }
        multiply<DotInt16, kTiles>(sums, rows, weights, conv_.shape.channels_in / 2);
#pragma GCC unroll 6
        for (int32_t i = 0; i < kTiles; ++i) {
            _mm256_store_si256(products + 2 * i, sums[i][0]);
            _mm256_store_si256(products + 2 * i + 1, sums[i][1]);
        }
    }

    void transform_output(const PanelConstants& panel, int32_t index) const {
        const WinogradTile& tile = tiles_[index];
        WinogradPixels pixels;
        winograd_output(products_ + (size_t)index * kPanelChannels * sizeof(int32_t), product_point_, pixels);
        const int32_t channels = conv_.shape.channels_out;
        const ptrdiff_t below = (ptrdiff_t)(conv_.shape.out_width() + 2 * conv_.dst_border) * channels;
        for (int32_t y = 0; y < tile.rows; ++y) {
            const ptrdiff_t offsets[kTileOut] = {tile.dst + y * below, tile.dst + y * below + channels};
            if (tile.columns == kTileOut) {
                requantise_pixels<kTileOut>(panel, pixels[y], offsets);
            } else {
                requantise_pixels<1>(panel, {{pixels[y][0][0], pixels[y][0][1]}}, offsets);
            }
        }
    }

    const Int8Conv& conv_;
    void* const dst_;
    WinogradTile* const tiles_;  ///< of the block
    uint8_t* const inputs_;      ///< their points
    uint8_t* products_ = nullptr;
    size_t input_point_ = 0;  ///< bytes from one point to the next
    size_t product_point_ = 0;
    int32_t count_ = 0;  ///< tiles of the block
};

}  // namespace
}  // namespace tailgate
