// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for AMX.
//
//   tile        48 positions x 32 channels out for 3x3: 3 x 2 tiles of sums, and one each of activations, which the
//               kernel's columns find in the first-level cache, and of weights, which come from the second level and
//               are loaded once for three products. Else 32 x 32, so that sums and activations stay in the first level.
//               Activations need no packing: 16 positions at one stride are a tile as they lie
//   weights     [channels_out / 32][kernel][kernel * channels_in / 64][2][16][16][4]: 64 taps of 16 channels are one
//               tile of 1 KiB; missing channels and taps are 0
//   loop order  block of 1,024 positions, panel of 64 channels, group of positions, half panel, kernel row, 64 taps.
//               What a block reads and writes stays in the second-level cache while the panels pass. The sums of a
//               group go to scratch; they are requantised 64 channels, one cache line, at a time
//   overlap     a few pixels of the last group are requantised after each step of this one, from the other half of
//               scratch (int8_pending_group_avx512.h)

#include <cstring>

#include "int8_amx_permission.h"
#include "int8_fully_connected_avx512vnni.h"
#include "int8_pending_group_avx512.h"
#include "int8_pool_avx512.h"

namespace tailgate {
namespace {

constexpr int32_t kTileTaps = 64;
constexpr size_t kTileBytes = 1024;
constexpr size_t kStepBytes = 2 * kTileBytes;  ///< of weights: 64 taps of the 32 channels of half a panel
constexpr int32_t kFewSteps = 8;  ///< of 64 taps, up to which groups of three tiles do not pay
constexpr int32_t kBlockTiles = 64;
constexpr size_t kTileSums = (size_t)kTileRows * kPanelChannels;
constexpr size_t kGroupSums = kGroupTiles * kTileSums;
constexpr size_t kSumsRowBytes = kPanelChannels * sizeof(int32_t);

int32_t steps_of_row(const ConvShape& s) { return (s.kernel * s.channels_in + kTileTaps - 1) / kTileTaps; }

size_t half_panel_bytes(const ConvShape& s) { return (size_t)s.kernel * (size_t)steps_of_row(s) * kStepBytes; }

size_t packed_bytes(const ConvShape& s) {
    return (size_t)((s.channels_out + kPanelChannels - 1) / kPanelChannels) * 2 * half_panel_bytes(s);
}

void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
    std::memset(packed, 0, packed_bytes(s));
    const size_t kernel = (size_t)s.kernel;
    const size_t channels_in = (size_t)s.channels_in;
    for (size_t k = 0; k < (size_t)s.channels_out; ++k) {
        int8_t* channel = packed + k / 32 * half_panel_bytes(s) + k % 32 / 16 * kTileBytes + k % 16 * 4;
        for (size_t tap = 0; tap < kernel * kernel; ++tap) {
            const size_t row_step = tap / kernel * (size_t)steps_of_row(s);
            for (size_t c = 0; c < channels_in; ++c) {
                const size_t position = tap % kernel * channels_in + c;
                const size_t step = row_step + position / kTileTaps;
                channel[step * kStepBytes + position % kTileTaps / 4 * 64 + position % 4] =
                    oihw[(k * channels_in + c) * kernel * kernel + tap];
            }
        }
    }
}

/// A worker's scratch.
struct Scratch {
    alignas(64) int32_t sums[2][kGroupSums];  ///< [position][64], of the group in work and the one before
    Group groups[kBlockTiles / 2];
};

size_t scratch_bytes(const ConvShape&) { return sizeof(Scratch); }

int32_t channel_step(const ConvShape&) { return kPanelChannels; }

/// Sets tile 6 (weights) to 16 rows; the others (sums in 0-5, activations in 7 and, where it is free, 5) to `rows`.
void configure_tiles(int32_t rows) {
    struct {
        uint8_t palette = 1;
        uint8_t start_row = 0;
        uint8_t reserved[14] = {};
        uint16_t column_bytes[16] = {};
        uint8_t rows[16] = {};
    } config;
    static_assert(sizeof config == 64, "the layout of LDTILECFG's operand");
    for (int32_t tile = 0; tile < 8; ++tile) {
        config.column_bytes[tile] = 64;
        config.rows[tile] = (uint8_t)(tile == 6 ? kTileRows : rows);
    }
    _tile_loadconfig(&config);
}

/// What all groups of a call share.
struct Geometry {
    int32_t kernel_rows;
    int32_t steps;  ///< of a kernel row
    size_t source_step;
    size_t source_row;
    int32_t pixels_per_step;  ///< of the pending ones, so that all are done when the group is
};

/// Fetches the weights of the next panel into the second-level cache, a little at a time.
class WeightPrefetch {
  public:
    /// @param groups Over how many groups the fetches are spread; 0: none is wanted.
    WeightPrefetch(const int8_t* next, int32_t groups)
        : next_(next), lines_per_step_(groups == 0 ? 0 : (int32_t)kStepBytes / 64 / groups + 1) {}

    void step() {
        for (int32_t i = 0; i < lines_per_step_; ++i, next_ += 64) {
            _mm_prefetch(next_, _MM_HINT_T1);
        }
    }

  private:
    const int8_t* next_;
    const int32_t lines_per_step_;
};

/// One step of kTiles tiles of positions: adds the products of 64 taps to the sums, tile t's in 2 t and 2 t + 1.
template <int32_t kTiles>
inline __attribute__((always_inline)) void multiply_step(
    const Group& group, size_t tap, size_t stride, const int8_t* weights) {
    _tile_loadd(6, weights, 64);
    _tile_loadd(7, group.src[0] + tap, stride);
    _tile_dpbusd(0, 7, 6);
    if (kTiles == 1) {
        _tile_loadd(6, weights + kTileBytes, 64);
        _tile_dpbusd(1, 7, 6);
    } else if (kTiles == 2) {
        _tile_loadd(5, group.src[1] + tap, stride);
        _tile_dpbusd(2, 5, 6);
        _tile_loadd(6, weights + kTileBytes, 64);
        _tile_dpbusd(3, 5, 6);
        _tile_dpbusd(1, 7, 6);
    } else {
        _tile_loadd(7, group.src[1] + tap, stride);
        _tile_dpbusd(2, 7, 6);
        _tile_loadd(7, group.src[2] + tap, stride);
        _tile_dpbusd(4, 7, 6);
        _tile_loadd(6, weights + kTileBytes, 64);
        _tile_dpbusd(5, 7, 6);
        _tile_loadd(7, group.src[1] + tap, stride);
        _tile_dpbusd(3, 7, 6);
        _tile_loadd(7, group.src[0] + tap, stride);
        _tile_dpbusd(1, 7, 6);
    }
}

/// Sums of a group of kTiles tiles for the 32 channels of `weights`, to sums[position][64].
template <int32_t kTiles>
void multiply(
    const Geometry& g, const Group& group, const int8_t* weights, int32_t* sums, PendingGroup& pending,
    WeightPrefetch& prefetch) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    _tile_zero(4);
    _tile_zero(5);
    for (int32_t ky = 0; ky < g.kernel_rows; ++ky) {
        const size_t row = (size_t)ky * g.source_row;
        for (int32_t step = 0; step < g.steps; ++step, weights += kStepBytes) {
            multiply_step<kTiles>(group, row + (size_t)(step * kTileTaps), g.source_step, weights);
            prefetch.step();
            pending.finish(g.pixels_per_step);
        }
    }
    _tile_stored(0, sums, kSumsRowBytes);
    _tile_stored(1, sums + 16, kSumsRowBytes);
    if (kTiles >= 2) {
        _tile_stored(2, sums + kTileSums, kSumsRowBytes);
        _tile_stored(3, sums + kTileSums + 16, kSumsRowBytes);
    }
    if (kTiles >= 3) {
        _tile_stored(4, sums + 2 * kTileSums, kSumsRowBytes);
        _tile_stored(5, sums + 2 * kTileSums + 16, kSumsRowBytes);
    }
}

using Multiply =
    void (*)(const Geometry&, const Group&, const int8_t* weights, int32_t* sums, PendingGroup&, WeightPrefetch&);

constexpr Multiply kMultiply[kGroupTiles + 1] = {nullptr, multiply<1>, multiply<2>, multiply<3>};

/// Three tiles share each load of weights. But four in all make two pairs, which load less than a three and a single:
/// 512 channels of one 7x7 image take 0.93 of the time.
int32_t tiles_of_a_group(const ConvShape& s, StridedTiles all) {
    if (s.kernel == 1 || s.kernel * steps_of_row(s) <= kFewSteps) {
        return 2;
    }
    int32_t count = 0;
    for (StridedTile tile; count <= 4 && all.next(tile);) {
        ++count;
    }
    return count == 4 ? 2 : 3;
}

/// The next groups of a part; returns how many.
int32_t fill_block(StridedTiles& tiles, int32_t group_tiles, Group* groups) {
    int32_t count = 0;
    for (; count < kBlockTiles / group_tiles && !tiles.done(); ++count) {
        Group& group = groups[count];
        group.pixels = 0;
        group.tiles = 0;
        for (StridedTile tile; group.tiles < group_tiles && tiles.next(tile); ++group.tiles) {
            group.src[group.tiles] = tile.src;
            for (int32_t i = 0; i < tiles.rows(); ++i) {
                if (tile.dst[i] != kDropped) {
                    group.row[group.pixels] = group.tiles * kTileRows + i;
                    group.offset[group.pixels++] = tile.dst[i];
                }
            }
        }
    }
    return count;
}

/// Which panels' weights are not yet in the cache when their turn comes.
struct Block {
    int32_t groups;
    bool first;  ///< of the part: all panels but the first one
    bool last;   ///< what follows this layer's weights: the next layer's, if the network packs them in its order
};

void convolve_block(
    const Int8Conv& conv, const ConvPart& part, const Geometry& g, const Block& block, Scratch& scratch, void* dst) {
    const size_t half = half_panel_bytes(conv.shape);
    PanelConstants constants[2] = {PanelConstants(conv, part.channel_begin), PanelConstants(conv, part.channel_begin)};
    PendingGroup pending(dst);
    int32_t work = 0;
    for (int32_t first = part.channel_begin; first < part.channel_end; first += kPanelChannels) {
        const int8_t* weights = conv.weights + (size_t)(first / kPanelChannels) * 2 * half;
        const bool last_panel = first + kPanelChannels >= part.channel_end;
        const bool next_is_cold = last_panel ? block.last : block.first;
        WeightPrefetch prefetch(weights + 2 * half, next_is_cold ? block.groups : 0);
        PanelConstants& panel = constants[first / kPanelChannels % 2];  // the other one may be pending
        panel = PanelConstants(conv, first);
        for (int32_t i = 0; i < block.groups; ++i, ++work) {
            const Group& group = scratch.groups[i];
            int32_t* sums = scratch.sums[work % 2];
            const Multiply multiply_half = kMultiply[group.tiles];
            multiply_half(g, group, weights, sums, pending, prefetch);
            multiply_half(g, group, weights + half, sums + kPanelChannels / 2, pending, prefetch);
            pending.finish_all();
            pending.start(panel, group, sums);
        }
    }
    pending.finish_all();
}

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void* scratch_memory) {
    Scratch& scratch = *static_cast<Scratch*>(scratch_memory);
    StridedTiles tiles(conv, part, src);
    configure_tiles(tiles.rows());
    const int32_t steps = conv.shape.kernel * steps_of_row(conv.shape);
    const int32_t group_tiles = tiles_of_a_group(conv.shape, tiles);
    const Geometry g = {
        conv.shape.kernel,
        steps_of_row(conv.shape),
        tiles.source_step(),
        tiles.source_row(),
        (group_tiles * kTileRows + 2 * steps - 1) / (2 * steps)};
    for (bool first = true; !tiles.done(); first = false) {
        const int32_t groups = fill_block(tiles, group_tiles, scratch.groups);
        convolve_block(conv, part, g, {groups, first, tiles.done()}, scratch, dst);
    }
}

/// The dispatcher has asked before it chose this table; once more for those who call it directly, such as tests.
void thread_begin() { int8_amx_permitted(); }

void thread_end() { _tile_release(); }

}  // namespace

const Int8Kernels kInt8AmxInt8 = {
    "amxint8",
    packed_bytes,
    pack,
    scratch_bytes,
    channel_step,
    convolve,
    thread_begin,
    thread_end,
    int8_max_pool_avx512,
    int8_average_pool_avx512,
    int8_fully_connected_packed_bytes_avx512vnni,
    int8_fully_connected_pack_avx512vnni,
    int8_fully_connected_avx512vnni,
};

}  // namespace tailgate
