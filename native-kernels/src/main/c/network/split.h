// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "../conv/conv_shape.h"

namespace tailgate {

/// Cuts a convolution into one part for each member of a lane, a grid of rows by channels, so that the largest part is
/// as small as the steps allow. Among equals a 1x1 takes the most rows, to read what the same member has written: what
/// another core wrote costs more than weights. Others take the one that reads least. Parts may be empty.
std::vector<ConvPart> split(const ConvShape& shape, int32_t row_step, int32_t channel_step, int members);

inline bool is_empty(const ConvPart& part) {
    return part.row_begin >= part.row_end || part.channel_begin >= part.channel_end;
}

}  // namespace tailgate
