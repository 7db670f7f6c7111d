// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Strassen's product of 2x2 blocks, in Winograd's form, for 1x1 convolutions: seven multiplications where there would
// be eight, in integers, so not a bit differs. int16 has room for the sums of up to four u8 or s8.
//
//   activations  A: rows are the two pixels of a pair, columns the two halves of channels_in
//   weights      B: rows are those halves, columns two panels of 16 channels out
//   result       C = A B: two pixels of two panels; exact modulo 2^32, and it fits an int32
//
//   packed       [channels_out / 32][point][channels_in / 4] steps of DotInt16
//   loop order   block of pairs, two panels, point, 6 pairs, step

#pragma once

#include "int8_pixel_tiles.h"
#include "int8_points_avx2.h"
#include "int8_requantise_avx2.h"

namespace tailgate {
namespace {

class StrassenConv {
  public:
    static constexpr int32_t kChannelStep = 2 * kPanelChannels;

    /// Below 256 channels the additions and the short loops take more than the multiplications that are saved.
    static bool supports(const ConvShape& s) {
        return s.kernel == 1 && s.channels_in >= 256 && s.channels_in % (2 * kChunk) == 0 &&
               s.channels_out % kChannelStep == 0;
    }

    static size_t packed_bytes(const ConvShape& s) {
        return (size_t)(s.channels_out / kChannelStep) * Products::weight_bytes(depth(s));
    }

    static void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
        auto* weights = reinterpret_cast<int16_t*>(packed);
        for (int32_t first = 0; first < s.channels_out; first += kChannelStep) {
            for (int32_t k = first; k < first + kPanelChannels; ++k) {
                for (int32_t c = 0; c < depth(s); ++c) {
                    int16_t* point = weights + (c / 2 * kPanelChannels + k - first) * 2 + c % 2;
                    pack_weight(oihw + (ptrdiff_t)k * s.channels_in + c, s, point);
                }
            }
            weights += Products::weight_bytes(depth(s)) / sizeof(int16_t);
        }
    }

    static size_t scratch_bytes(const ConvShape& s) {
        return kMostPairs * sizeof(Pair) + Products::bytes(depth(s), block_pairs(s));
    }

    StrassenConv(const Int8Conv& conv, void* dst, void* scratch)
        : conv_(conv), dst_(dst), pairs_(static_cast<Pair*>(scratch)),
          products_(pairs_ + kMostPairs, depth(conv.shape)) {}

    void run(const ConvPart& part, const uint8_t* src) {
        PixelTiles<2> tiles(conv_, part, src);
        const int32_t pairs = ((part.row_end - part.row_begin) * conv_.shape.out_width() + 1) / 2;
        const int32_t groups = (pairs + kTileRows - 1) / kTileRows;
        const int32_t most = block_pairs(conv_.shape) / kTileRows;
        const int32_t blocks = (groups + most - 1) / most;
        for (int32_t block = 0; block < blocks; ++block) {
            const int32_t begin = groups * block / blocks * kTileRows;
            const int32_t end = groups * (block + 1) / blocks * kTileRows;
            start_block(tiles, (end < pairs ? end : pairs) - begin);
            for (int32_t first = part.channel_begin; first < part.channel_end; first += kChannelStep) {
                const size_t step = (size_t)(first / kChannelStep);
                products_.multiply(conv_.weights + step * Products::weight_bytes(depth(conv_.shape)));
                write_panels(first);
            }
        }
    }

  private:
    using Pair = PixelTile<2>;
    static constexpr int32_t kPoints = 7;
    using Products = PointProducts<kPoints>;
    static constexpr int32_t kMostPairs = 192;         // a multiple of 6, and of 8: what follows them is aligned
    static constexpr int32_t kChunk = 16;              // channels that are transformed at once
    static constexpr ptrdiff_t kLine = 64;             // bytes
    static constexpr size_t kBlockBytes = 350 * 1024;  // of inputs: they stay in the second-level cache

    static int32_t depth(const ConvShape& s) { return s.channels_in / 2; }

    static int32_t block_pairs(const ConvShape& s) { return Products::block_rows(depth(s), kBlockBytes, kMostPairs); }

    /// The seven weights of B whose first element is at `b11`.
    static void pack_weight(const int8_t* b11, const ConvShape& s, int16_t* point) {
        const ptrdiff_t next_panel = (ptrdiff_t)kPanelChannels * s.channels_in;
        const int32_t b21 = b11[depth(s)], b12 = b11[next_panel], b22 = b11[next_panel + depth(s)];
        const int32_t t1 = b12 - *b11, t2 = b22 - t1;
        const int32_t points[kPoints] = {*b11, b21, b22, t2 - b21, t1, t2, b22 - b12};
        for (int32_t i = 0; i < kPoints; ++i, point += (ptrdiff_t)depth(s) * kPanelChannels) {
            *point = (int16_t)points[i];
        }
    }

    void start_block(PixelTiles<2>& tiles, int32_t pairs) {
        products_.start_block(pairs);
        for (int32_t i = 0; i < pairs; ++i) {
            Pair& pair = pairs_[i];
            tiles.next(pair);
            const uint8_t* second = pair.src[pair.pixels - 1];
            for (int32_t j = 0; j < pair.pixels; ++j) {
                fetch_line(static_cast<const uint8_t*>(dst_) + pair.dst[j]);
            }
            for (int32_t c = 0; c < depth(conv_.shape); c += kChunk) {
                transform_input(pair.src[0] + c, second + c, products_.input(i) + (size_t)c * sizeof(int16_t));
            }
        }
    }

    static __m256i widened(const uint8_t* p) {
        return _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
    }

    void transform_input(const uint8_t* first, const uint8_t* second, uint8_t* point) const {
        const __m256i a11 = widened(first), a12 = widened(first + depth(conv_.shape));
        const __m256i a21 = widened(second), a22 = widened(second + depth(conv_.shape));
        const __m256i s1 = _mm256_add_epi16(a21, a22), s2 = _mm256_sub_epi16(s1, a11);
        const __m256i points[kPoints] = {
            a11, a12, _mm256_sub_epi16(a12, s2), a22, s1, s2, _mm256_sub_epi16(a11, a21)};
#pragma GCC unroll 7
        for (int32_t i = 0; i < kPoints; ++i, point += products_.input_stride()) {
            _mm256_store_si256(reinterpret_cast<__m256i*>(point), points[i]);
        }
    }

    void write_panels(int32_t first) const {
        const PanelConstants low(conv_, first, dst_), high(conv_, first + kPanelChannels, dst_);
        for (int32_t i = 0; i < products_.rows(); ++i) {
            TileSums<2> c1, c2;  // both pixels in the lower panel, and in the upper
            transform_output(products_.product(i), 0, c1, c2);
            transform_output(products_.product(i), 1, c1, c2);
            const ptrdiff_t* offsets = pairs_[i].dst;
            for (int32_t j = 0; j < pairs_[i].pixels; ++j) {
                fetch_line(low.dst + offsets[j] + kLine);  // the next panels'
            }
            if (pairs_[i].pixels == 2) {
                requantise_pixels<2>(low, c1, offsets);
                requantise_pixels<2>(high, c2, offsets);
            } else {
                requantise_pixels<1>(low, {{c1[0][0], c1[0][1]}}, offsets);
                requantise_pixels<1>(high, {{c2[0][0], c2[0][1]}}, offsets);
            }
        }
    }

    void transform_output(const uint8_t* product, int32_t half, TileSums<2>& c1, TileSums<2>& c2) const {
        __m256i p[kPoints];
#pragma GCC unroll 7
        for (int32_t i = 0; i < kPoints; ++i) {
            const uint8_t* point = product + (size_t)i * products_.product_stride();
            p[i] = _mm256_load_si256(reinterpret_cast<const __m256i*>(point) + half);
        }
        const __m256i u2 = _mm256_add_epi32(p[0], p[5]), u3 = _mm256_add_epi32(u2, p[6]);
        c1[0][half] = _mm256_add_epi32(p[0], p[1]);
        c2[0][half] = _mm256_add_epi32(_mm256_add_epi32(u2, p[4]), p[2]);
        c1[1][half] = _mm256_sub_epi32(u3, p[3]);
        c2[1][half] = _mm256_add_epi32(u3, p[4]);
    }

    const Int8Conv& conv_;
    void* const dst_;
    Pair* const pairs_;  ///< of the block
    Products products_;
};

}  // namespace
}  // namespace tailgate
