// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The products of the kernels that trade multiplications for additions (Winograd, Strassen), for a block of rows of
// activations and a panel of 16 channels. Their transforms make kPoints rows of int16 of each row.
//
//   inputs      [point][row][depth] int16, with a line between two points, so that the points of a row, which a
//               transform writes at once, are in different sets of the first-level cache
//   weights     [point][depth / 2] steps of DotInt16
//   products    [point][row][16] int32, which may wrap around: what is made of them need only fit itself
//   loop order  point, 6 rows, step

#pragma once

#include "int8_tile_avx2.h"

namespace tailgate {
namespace {

template <int32_t kPoints>
class PointProducts {
  public:
    /// Of memory for a block of `rows`.
    static size_t bytes(int32_t depth, int32_t rows) {
        return kPoints * (input_point(depth, rows) + product_point(rows));
    }

    static size_t weight_bytes(int32_t depth) { return (size_t)(kPoints * depth) * kPanelChannels * sizeof(int16_t); }

    /// Rows of a block whose inputs take about so many bytes: whole groups of 6, at most `most`.
    static int32_t block_rows(int32_t depth, size_t bytes, int32_t most) {
        const size_t groups = bytes / (kPoints * kTileRows * input_row(depth));
        const auto limit = (size_t)(most / kTileRows);
        return kTileRows * (int32_t)(groups < 1 ? 1 : groups > limit ? limit : groups);
    }

    /// 64-byte aligned memory of bytes(depth, rows), rows being those of the largest block.
    PointProducts(void* memory, int32_t depth) : depth_(depth), inputs_(static_cast<uint8_t*>(memory)) {}

    void start_block(int32_t rows) {
        rows_ = rows;
        products_ = inputs_ + kPoints * input_stride();
    }

    int32_t rows() const { return rows_; }
    /// Point 0 of a row, and the bytes from one point to the next.
    uint8_t* input(int32_t row) const { return inputs_ + (size_t)row * input_row(depth_); }
    size_t input_stride() const { return input_point(depth_, rows_); }
    const uint8_t* product(int32_t row) const { return products_ + (size_t)row * kProductRow; }
    size_t product_stride() const { return product_point(rows_); }

    void multiply(const int8_t* weights) const {
        using MultiplyRows = void (PointProducts::*)(int32_t, int32_t, const int8_t*) const;
        static constexpr MultiplyRows by_rows[kTileRows] = {
            nullptr,
            &PointProducts::multiply_rows<1>,
            &PointProducts::multiply_rows<2>,
            &PointProducts::multiply_rows<3>,
            &PointProducts::multiply_rows<4>,
            &PointProducts::multiply_rows<5>};
        for (int32_t point = 0; point < kPoints; ++point, weights += weight_bytes(depth_) / kPoints) {
            int32_t row = 0;
            for (; row + kTileRows <= rows_; row += kTileRows) {
                multiply_rows<kTileRows>(point, row, weights);
            }
            if (row < rows_) {
                const MultiplyRows multiply_last = by_rows[rows_ - row];  // in one expression, GCC 12's UBSan errs
                (this->*multiply_last)(point, row, weights);
            }
        }
    }

  private:
    static constexpr size_t kLine = 64;  // bytes
    static constexpr size_t kProductRow = kPanelChannels * sizeof(int32_t);

    static size_t input_row(int32_t depth) { return ((size_t)depth * sizeof(int16_t) + kLine - 1) / kLine * kLine; }
    static size_t input_point(int32_t depth, int32_t rows) { return (size_t)rows * input_row(depth) + kLine; }
    static size_t product_point(int32_t rows) { return (size_t)rows * kProductRow + kLine; }

    template <int32_t kRows>
    void multiply_rows(int32_t point, int32_t row, const int8_t* weights) const {
        TileSums<kRows> sums;
        clear<kRows>(sums);
        const uint8_t* rows[kRows];
        for (int32_t i = 0; i < kRows; ++i) {
            rows[i] = input(row + i) + (size_t)point * input_stride();
        }
        tailgate::multiply<DotInt16, kRows>(sums, rows, weights, depth_ / 2);
        auto* products = reinterpret_cast<__m256i*>(
            products_ + (size_t)point * product_stride() + (size_t)row * kProductRow);
#pragma GCC unroll 6
        for (int32_t i = 0; i < kRows; ++i) {
            _mm256_store_si256(products + 2 * i, sums[i][0]);
            _mm256_store_si256(products + 2 * i + 1, sums[i][1]);
        }
    }

    const int32_t depth_;
    uint8_t* const inputs_;
    uint8_t* products_ = nullptr;
    int32_t rows_ = 0;
};

}  // namespace
}  // namespace tailgate
