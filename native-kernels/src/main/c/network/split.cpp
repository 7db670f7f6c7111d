// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "split.h"

#include <algorithm>
#include <tuple>

namespace tailgate {
namespace {

/// Piece `index` of `pieces` of [0, size), cut at multiples of `step`.
std::pair<int32_t, int32_t> piece(int32_t size, int32_t step, int pieces, int index) {
    const int64_t steps = (size + step - 1) / step;
    auto cut = [&](int at) { return (int32_t)std::min<int64_t>(size, steps * at / pieces * step); };
    return {cut(index), cut(index + 1)};
}

int32_t largest_piece(int32_t size, int32_t step, int pieces) {
    const int32_t steps = (size + step - 1) / step;
    return std::min(size, (steps + pieces - 1) / pieces * step);
}

}  // namespace

std::vector<ConvPart> split(const ConvShape& shape, int32_t row_step, int32_t channel_step, int members) {
    auto cost = [&](int row_pieces) {
        const int channel_pieces = members / row_pieces;
        const int64_t rows = largest_piece(shape.rows(), row_step, row_pieces);
        const int64_t channels = largest_piece(shape.channels_out, channel_step, channel_pieces);
        const int64_t weights = channels * shape.kernel * shape.kernel * shape.channels_in;
        const int64_t pixels = rows * shape.stride * shape.width * shape.channels_in;
        return std::make_tuple(rows * channels, shape.kernel == 1 ? -row_pieces : weights + pixels);
    };
    int row_pieces = members;
    for (int pieces = 1; pieces < members; pieces++) {
        if (members % pieces == 0 && cost(pieces) < cost(row_pieces)) row_pieces = pieces;
    }
    std::vector<ConvPart> parts;
    for (int member = 0; member < members; member++) {
        const int channel_pieces = members / row_pieces;
        auto rows = piece(shape.rows(), row_step, row_pieces, member / channel_pieces);
        auto channels = piece(shape.channels_out, channel_step, channel_pieces, member % channel_pieces);
        parts.push_back({rows.first, rows.second, channels.first, channels.second});
    }
    return parts;
}

}  // namespace tailgate
