// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// A group of AMX tiles between the product and its requantisation.
//
// Requantising a group takes as long as computing it where channels_in is small, but needs other units of the core. So
// a group's sums wait in scratch, and a few of its pixels follow each step of the next group. Needs AVX-512 F, BW, DQ,
// VL.

#pragma once

#include "int8_requantise_avx512.h"
#include "int8_strided_tiles.h"

namespace tailgate {
namespace {

constexpr int32_t kGroupTiles = 3;
constexpr int32_t kGroupPixels = kGroupTiles * kTileRows;
constexpr int32_t kPixelsAhead = 8;  ///< whose line of dst is fetched: its stride is beyond the hardware's prefetchers

/// Tiles of positions that are computed together, and where those of their positions go that are pixels.
struct Group {
    const uint8_t* src[kGroupTiles];
    int32_t tiles;   ///< 1 to kGroupTiles
    int32_t pixels;  ///< positions that are not dropped
    int32_t row[kGroupPixels];       ///< of pixel i among the sums of the group
    ptrdiff_t offset[kGroupPixels];  ///< of pixel i's channel 0 in dst, in bytes
};

using RequantisePixels =
    void (*)(const PanelConstants&, const Group&, const int32_t* sums, int32_t begin, int32_t end, void* dst);

/// Requantises pixels [begin, end) of a group. A plain panel is whole and fits an int32 (see Variant); the template's
/// arguments hold for it, and are ignored for any other.
template <bool kPlain, Residual kResidual, bool kDstSigned>
void requantise_pixels(
    const PanelConstants& panel, const Group& group, const int32_t* sums, int32_t begin, int32_t end, void* dst) {
    const PanelConstants constants = panel;  // a copy that dst cannot alias, so that it stays in registers
    const Variant variant = kPlain ? Variant{kResidual, kDstSigned, true, true} : constants.variant;
    for (int32_t i = begin; i < end; ++i) {
        const int32_t* row = sums + (size_t)group.row[i] * kPanelChannels;
        const __m512i pixel[4] = {
            _mm512_load_si512(row), _mm512_load_si512(row + 16), _mm512_load_si512(row + 32),
            _mm512_load_si512(row + 48)};
        const ptrdiff_t ahead = group.offset[i] + constants.first + (ptrdiff_t)kPixelsAhead * constants.pixel_bytes;
        _mm_prefetch(static_cast<const char*>(dst) + ahead, _MM_HINT_T0);
        requantise_pixel(constants, variant, pixel, group.offset[i], dst);
    }
}

RequantisePixels requantise_pixels_of(const Variant& v) {
    static constexpr RequantisePixels plain[3][2] = {
        {requantise_pixels<true, Residual::kNone, false>, requantise_pixels<true, Residual::kNone, true>},
        {requantise_pixels<true, Residual::kUnsigned, false>, requantise_pixels<true, Residual::kUnsigned, true>},
        {requantise_pixels<true, Residual::kSigned, false>, requantise_pixels<true, Residual::kSigned, true>}};
    return v.whole && v.fits_int32 ? plain[(int32_t)v.residual][v.dst_signed]
                                   : requantise_pixels<false, Residual::kNone, false>;
}

/// A group whose sums wait for requantisation.
class PendingGroup {
  public:
    explicit PendingGroup(void* dst) : dst_(dst) {}

    void start(const PanelConstants& panel, const Group& group, const int32_t* sums) {
        panel_ = &panel;
        group_ = &group;
        sums_ = sums;
        requantise_ = requantise_pixels_of(panel.variant);
        done_ = 0;
        pixels_ = group.pixels;
    }

    void finish(int32_t pixels) {
        if (done_ < pixels_) {
            const int32_t begin = done_;
            done_ = begin + pixels < pixels_ ? begin + pixels : pixels_;
            requantise_(*panel_, *group_, sums_, begin, done_, dst_);
        }
    }

    void finish_all() { finish(kGroupPixels); }

  private:
    void* const dst_;
    const PanelConstants* panel_ = nullptr;
    const Group* group_ = nullptr;
    const int32_t* sums_ = nullptr;
    RequantisePixels requantise_ = nullptr;
    int32_t pixels_ = 0;
    int32_t done_ = 0;
};

}  // namespace
}  // namespace tailgate
