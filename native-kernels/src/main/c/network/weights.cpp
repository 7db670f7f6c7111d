// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "weights.h"

#include <cmath>

#include "random.h"

namespace tailgate {
namespace {

constexpr uint64_t kSeed = 152;

/// What batch normalisation assumes of a layer's input and gives to its output.
struct Normalisation {
    float input_mean;      ///< over pixels and channels
    float input_variance;
    float gamma_low, gamma_high;
    float beta_low, beta_high;
};

/// Somewhat more variance is assumed than the network shows, and the expand layers' beta is negative on average: each
/// block adds noise to a stream that the ReLU reflects at zero, and both pull that random walk back, so that it stays
/// at the same height over 36 blocks. network_tests.cpp holds every layer to that.
Normalisation normalisation(Role role) {
    switch (role) {
        case Role::kStem: return {0.5f, 0.06f, 0.8f, 1.2f, -0.2f, 0.2f};
        case Role::kProjection: return {0.5f, 0.5f, 0.8f, 1.2f, -0.2f, 0.2f};
        case Role::kReduce: return {0.5f, 0.5f, 0.8f, 1.2f, -0.2f, 0.2f};
        case Role::kSpatial: return {0.45f, 0.4f, 0.8f, 1.2f, -0.2f, 0.2f};
        case Role::kExpand: return {0.45f, 0.4f, 0.1f, 0.3f, -0.1f, 0.02f};
        default: return {0.45f, 0.2f, 1.0f, 1.0f, 0.0f, 0.0f};  // the classifier has no batch normalisation
    }
}

}  // namespace

Weights make_weights(const Layer& layer, int index) {
    Random random(kSeed * 1000003u + (uint64_t)index);
    const Normalisation norm = normalisation(layer.role);
    const size_t fan_in = layer.weight_count() / (size_t)layer.shape.channels_out;
    const float he = std::sqrt(2.0f / (float)fan_in);
    const float deviation = std::sqrt(2.0f * norm.input_variance);  // of the convolution, as He weights have 2 / fan_in

    Weights weights{std::vector<float>(layer.weight_count()), std::vector<float>((size_t)layer.shape.channels_out)};
    for (size_t k = 0; k < weights.bias.size(); k++) {
        const float gain = random.uniform(norm.gamma_low, norm.gamma_high) / deviation;
        const float beta = random.uniform(norm.beta_low, norm.beta_high);
        float* filter = &weights.oihw[k * fan_in];
        double sum = 0;
        for (size_t i = 0; i < fan_in; i++) {
            filter[i] = random.normal() * he * gain;
            sum += filter[i];
        }
        weights.bias[k] = beta - (float)sum * norm.input_mean;
    }
    return weights;
}

}  // namespace tailgate
