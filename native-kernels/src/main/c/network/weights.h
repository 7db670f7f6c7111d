// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Deterministic weights for a network that nobody trained: He-initialised, each convolution followed by a batch
// normalisation whose statistics are those to be expected, folded into the weights. So activations neither die nor
// explode over 152 layers, and INT8 has something to quantise.

#pragma once

#include <vector>

#include "plan.h"

namespace tailgate {

struct Weights {
    std::vector<float> oihw;
    std::vector<float> bias;  ///< [channels_out]
};

/// The weights of layer `index` of the network; always the same.
Weights make_weights(const Layer& layer, int index);

}  // namespace tailgate
