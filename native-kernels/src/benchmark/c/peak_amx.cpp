// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include <cstdint>

#include "peak.h"

namespace tailgate::benchmark {
namespace {

constexpr int kTiles = 8, kRows = 16, kRowBytes = 64;

/// The layout is the instruction's.
struct alignas(64) TileConfiguration {
    uint8_t palette = 1;
    uint8_t start_row = 0;
    uint8_t reserved[14] = {};
    uint16_t row_bytes[16] = {};
    uint8_t rows[16] = {};
};

}  // namespace

double peak_int8_amx(double operations) {
    constexpr double kEach = 6 * 2.0 * kRows * kRows * kRowBytes;
    const auto steps = (long)(operations / kEach);
    TileConfiguration tiles;
    for (int i = 0; i < kTiles; i++) {
        tiles.row_bytes[i] = kRowBytes;
        tiles.rows[i] = kRows;
    }
    alignas(64) uint8_t bytes[kRows * kRowBytes];
    for (auto& byte : bytes) byte = 3;
    asm volatile("" : : "r"(&tiles), "r"(bytes) : "memory");  // GCC 12 thinks that the two intrinsics read less of them
    _tile_loadconfig(&tiles);
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    _tile_zero(4);
    _tile_zero(5);
    _tile_loadd(6, bytes, kRowBytes);
    _tile_loadd(7, bytes, kRowBytes);
    for (long step = 0; step < steps; step++) {
        _tile_dpbusd(0, 6, 7);
        _tile_dpbusd(1, 6, 7);
        _tile_dpbusd(2, 6, 7);
        _tile_dpbusd(3, 6, 7);
        _tile_dpbusd(4, 6, 7);
        _tile_dpbusd(5, 6, 7);
    }
    _tile_release();
    return (double)steps * kEach;
}

}  // namespace tailgate::benchmark
