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

#pragma once

#include "int8_points_avx2.h"
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
        const int32_t panels = (s.channels_out + kPanelChannels - 1) / kPanelChannels;
        return (size_t)panels * Products::weight_bytes(s.channels_in);
    }

    static void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
        std::memset(packed, 0, packed_bytes(s));
        const auto channels_in = (size_t)s.channels_in;
        for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
            auto* panel = reinterpret_cast<int16_t*>(
                packed + k / kPanelChannels * Products::weight_bytes(s.channels_in));
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
        return kMostTiles * sizeof(WinogradTile) + Products::bytes(s.channels_in, block_tiles(s));
    }

    WinogradConv(const Int8Conv& conv, void* dst, void* scratch)
        : conv_(conv), dst_(dst), tiles_(static_cast<WinogradTile*>(scratch)),
          products_(tiles_ + kMostTiles, conv.shape.channels_in) {}

    void run(const ConvPart& part, const uint8_t* src) {
        WinogradTiles tiles(conv_, part, src);
        const int32_t groups = (tiles.left() + kTileRows - 1) / kTileRows;
        const int32_t most = block_tiles(conv_.shape) / kTileRows;
        const int32_t blocks = (groups + most - 1) / most;
        for (int32_t block = 0; block < blocks; ++block) {
            const int32_t groups_here = groups * (block + 1) / blocks - groups * block / blocks;
            start_block(tiles, groups_here * kTileRows);
            for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
                const auto panel = (size_t)(first / kPanelChannels);
                products_.multiply(conv_.weights + panel * Products::weight_bytes(conv_.shape.channels_in));
                write_panel(first);
            }
        }
    }

  private:
    using Products = PointProducts<kPoints>;
    static constexpr int32_t kMostTiles = 192;  // a multiple of 6, and of 8: what follows them is aligned
    static constexpr size_t kBlockBytes = 400 * 1024;  // of points: they stay in the second-level cache

    static int32_t block_tiles(const ConvShape& s) {
        return Products::block_rows(s.channels_in, kBlockBytes, kMostTiles);
    }

    void start_block(WinogradTiles& tiles, int32_t most) {
        products_.start_block(most < tiles.left() ? most : tiles.left());
        for (int32_t i = 0; i < products_.rows(); ++i) {
            tiles_[i] = tiles.next();
            for (int32_t c = 0; c < conv_.shape.channels_in; c += kTransformChannels) {
                uint8_t* points = products_.input(i) + (size_t)c * sizeof(int16_t);
                winograd_input(tiles_[i], c, points, products_.input_stride());
            }
        }
    }

    void write_panel(int32_t first) const {
        const PanelConstants panel(conv_, first, dst_);
        const int32_t channels = conv_.shape.channels_out;
        const ptrdiff_t below = (ptrdiff_t)(conv_.shape.out_width() + 2 * conv_.dst_border) * channels;
        for (int32_t i = 0; i < products_.rows(); ++i) {
            const WinogradTile& tile = tiles_[i];
            WinogradPixels pixels;
            winograd_output(products_.product(i), products_.product_stride(), pixels);
            for (int32_t y = 0; y < tile.rows; ++y) {
                const ptrdiff_t offsets[kTileOut] = {tile.dst + y * below, tile.dst + y * below + channels};
                if (tile.columns == kTileOut) {
                    requantise_pixels<kTileOut>(panel, pixels[y], offsets);
                } else {
                    requantise_pixels<1>(panel, {{pixels[y][0][0], pixels[y][0][1]}}, offsets);
                }
            }
        }
    }

    const Int8Conv& conv_;
    void* const dst_;
    WinogradTile* const tiles_;  ///< of the block
    Products products_;
};

}  // namespace
}  // namespace tailgate
