// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "network.h"
#include "weights.h"

namespace tailgate {

struct QuantisedWeights {
    std::vector<int8_t> oihw;  ///< channels_in rounded up to a multiple of 4, the added ones 0
    std::vector<float> scale;  ///< [channels_out]: weight = scale * quantised
};

/// Symmetric, -127..127, one scale an output channel.
QuantisedWeights quantise(const Weights& weights, const ConvShape& shape);

/// The shape as INT8 kernels see it: channels_in rounded up to a multiple of 4.
ConvShape int8_shape(const ConvShape& shape);

/// Runs the FP32 network on a seeded batch and returns the scale of each layer's output: its largest value is then
/// 255, or 127 where the output is signed. The scales are rounded up to a coarse grid, so that FP32 kernels that differ
/// in the last bit almost always give the same INT8 network: all but those with a value that close to a grid line.
std::vector<float> calibrate(const NetworkOptions& options, ThreadPool& pool);

}  // namespace tailgate
