// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What every peer is built from: our layers, our weights, our INT8 scales, our images.

#pragma once

#include <vector>

#include "benchmark_abi.h"
#include "network/plan.h"

struct tgb_model {
    tg_precision precision;
    int batch;
    std::vector<tailgate::Layer> layers;
    std::vector<float> scales;    ///< of each layer's output; empty: FP32
    std::vector<uint8_t> pixels;  ///< NHWC
};

namespace tailgate::benchmark {

constexpr int kImageSize = 224;

/// Weights as the peers take them: without the channels that our kernels add to make fours.
std::vector<int8_t> unpadded(const std::vector<int8_t>& padded, const Layer& layer);

}  // namespace tailgate::benchmark
