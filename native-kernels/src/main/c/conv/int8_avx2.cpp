// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for AVX2 and FMA, without VNNI.
//
//   tile        up to 4 pixels x 16 channels out: 8 registers of sums
//   weights     [channels_out / 16][kernel][kernel * channels_in / 4] steps of int8_dot_avx2.h: int16, so twice the
//               bytes, but no product can saturate
//   loop order  panel of 16 channels, tile of pixels, kernel row, step of four taps. A panel (74 KB for 3x3, 256
//               channels) stays in the second-level cache while the pixels pass

#include "int8_dot_avx2.h"
#include "int8_fully_connected_avx2.h"
#include "int8_pixel_tiles.h"
#include "int8_pool_avx2.h"

namespace tailgate {
namespace {

constexpr int32_t kTilePixels = 4;

int32_t steps_of_row(const ConvShape& s) { return s.kernel * s.channels_in / 4; }

size_t panel_weights(const ConvShape& s) { return (size_t)s.kernel * (size_t)steps_of_row(s) * kDotWeights; }

size_t packed_bytes(const ConvShape& s) {
    return (size_t)((s.channels_out + kDotChannels - 1) / kDotChannels) * panel_weights(s) * sizeof(int16_t);
}

void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
    std::memset(packed, 0, packed_bytes(s));
    const size_t taps = (size_t)s.kernel * (size_t)s.kernel;
    const size_t channels_in = (size_t)s.channels_in;
    for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
        int16_t* panel = reinterpret_cast<int16_t*>(packed) + k / kDotChannels * panel_weights(s);
        for (size_t tap = 0; tap < taps; ++tap) {
            for (size_t c = 0; c < channels_in; ++c) {
                const size_t position = tap * channels_in + c;
                panel[position / 4 * kDotWeights + dot_weight_index(position % 4, k % kDotChannels)] =
                    oihw[(k * channels_in + c) * taps + tap];
            }
        }
    }
}

size_t scratch_bytes(const ConvShape&) { return 0; }

int32_t channel_step(const ConvShape&) { return kDotChannels; }

/// What all tiles of a panel share.
struct Panel {
    const Int8Conv& conv;
    const int16_t* weights;
    int32_t first;     ///< channel out
    int32_t channels;  ///< of them present, 1-16
    size_t source_row;
    void* dst;
};

/// Eight of the constants from p, of which `present` may be read; the rest is 0.
__m256 load_constants(const float* p, int32_t present) {
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_maskload_ps(p, _mm256_cmpgt_epi32(_mm256_set1_epi32(present), lane));
}

/// Eight sums as requantised int32; `bytes` holds their residual.
__m256i requantise_eight(const Panel& panel, __m256i sums, int32_t channel, __m128i bytes) {
    const Int8Conv& conv = panel.conv;
    const int32_t present = panel.channels - channel;
    const __m256 scale = load_constants(conv.scale + panel.first + channel, present);
    const __m256 bias = load_constants(conv.bias + panel.first + channel, present);
    __m256 f = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sums), scale, bias);
    if (conv.residual != nullptr) {
        const __m256i residual = conv.residual_signed ? _mm256_cvtepi8_epi32(bytes) : _mm256_cvtepu8_epi32(bytes);
        f = _mm256_fmadd_ps(_mm256_set1_ps(conv.residual_scale), _mm256_cvtepi32_ps(residual), f);
    }
    // The upper limit comes before the conversion, which turns what int32 cannot hold into its minimum.
    return _mm256_cvtps_epi32(_mm256_min_ps(f, _mm256_set1_ps(conv.dst_signed ? 127.0F : 255.0F)));
}

/// Writes the 16 channels of one pixel whose channel 0 is at dst + offset.
void requantise_pixel(const Panel& panel, const DotSums& sums, ptrdiff_t offset) {
    const size_t channels = (size_t)panel.channels;
    uint8_t bytes[kDotChannels] = {};
    if (panel.conv.residual != nullptr) {
        std::memcpy(bytes, static_cast<const uint8_t*>(panel.conv.residual) + offset + panel.first, channels);
    }
    const __m128i residual = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m256i low = requantise_eight(panel, sums.low, 0, residual);
    const __m256i high = requantise_eight(panel, sums.high, 8, _mm_srli_si128(residual, 8));
    const __m128i words_low = _mm_packs_epi32(_mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1));
    const __m128i words_high = _mm_packs_epi32(_mm256_castsi256_si128(high), _mm256_extracti128_si256(high, 1));
    const __m128i result =
        panel.conv.dst_signed ? _mm_packs_epi16(words_low, words_high) : _mm_packus_epi16(words_low, words_high);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(bytes), result);
    std::memcpy(static_cast<uint8_t*>(panel.dst) + offset + panel.first, bytes, channels);
}

template <int32_t kPixels>
void convolve_tile(const Panel& panel, const PixelTile<kTilePixels>& tile) {
    DotSums sums[kPixels];
    for (int32_t i = 0; i < kPixels; ++i) {
        sums[i] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    }
    const int16_t* weights = panel.weights;
    const int32_t steps = steps_of_row(panel.conv.shape);
    for (int32_t ky = 0; ky < panel.conv.shape.kernel; ++ky) {
        const size_t row = (size_t)ky * panel.source_row;
        for (int32_t step = 0; step < steps; ++step, weights += kDotWeights) {
#pragma GCC unroll 4
            for (int32_t i = 0; i < kPixels; ++i) {
                dot_step(sums[i], tile.src[i] + row + (size_t)(4 * step), weights);
            }
        }
    }
    for (int32_t i = 0; i < kPixels; ++i) {
        requantise_pixel(panel, sums[i], tile.dst[i]);
    }
}

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void*) {
    using ConvolveTile = void (*)(const Panel&, const PixelTile<kTilePixels>&);
    static constexpr ConvolveTile by_pixels[kTilePixels + 1] = {
        nullptr, convolve_tile<1>, convolve_tile<2>, convolve_tile<3>, convolve_tile<4>};
    for (int32_t first = part.channel_begin; first < part.channel_end; first += kDotChannels) {
        PixelTiles<kTilePixels> tiles(conv, part, src);
        const int32_t left = conv.shape.channels_out - first;
        const Panel panel = {
            conv,
            reinterpret_cast<const int16_t*>(conv.weights) + (size_t)(first / kDotChannels) * panel_weights(conv.shape),
            first,
            left < kDotChannels ? left : kDotChannels,
            tiles.source_row(),
            dst};
        for (PixelTile<kTilePixels> tile; tiles.next(tile);) {
            by_pixels[tile.pixels](panel, tile);
        }
    }
}

}  // namespace

const Int8Kernels kInt8Avx2 = {
    "avx2",
    packed_bytes,
    pack,
    scratch_bytes,
    channel_step,
    convolve,
    nullptr,
    nullptr,
    int8_max_pool_avx2,
    int8_average_pool_avx2,
    int8_fully_connected_packed_bytes_avx2,
    int8_fully_connected_pack_avx2,
    int8_fully_connected_avx2,
};

}  // namespace tailgate
