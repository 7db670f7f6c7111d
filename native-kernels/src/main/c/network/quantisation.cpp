// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "quantisation.h"

#include <algorithm>
#include <cmath>

#include "../dispatch/isa.h"
#include "f32_network.h"
#include "images.h"

namespace tailgate {
namespace {

constexpr int kCalibrationImages = 2;
constexpr int kFirstCalibrationImage = 1'000'000;  // none that a user's default input has
constexpr float kGridSteps = 32;                   // between two powers of two

float round_up_to_grid(float scale) {
    int exponent;
    const float mantissa = std::frexp(scale, &exponent);
    return std::ldexp(std::ceil(mantissa * kGridSteps) / kGridSteps, exponent);
}

float largest_magnitude(const float* values, size_t count) {
    float largest = 0;
    for (size_t i = 0; i < count; i++) largest = std::max(largest, std::fabs(values[i]));
    return largest;
}

}  // namespace

ConvShape int8_shape(const ConvShape& shape) {
    ConvShape padded = shape;
    padded.channels_in = (shape.channels_in + 3) / 4 * 4;
    return padded;
}

QuantisedWeights quantise(const Weights& weights, const ConvShape& shape) {
    const size_t taps = (size_t)shape.kernel * shape.kernel;
    const size_t fan_in = taps * (size_t)shape.channels_in;
    const size_t padded = taps * (size_t)int8_shape(shape).channels_in;
    const auto outs = (size_t)shape.channels_out;
    QuantisedWeights quantised{std::vector<int8_t>(outs * padded), std::vector<float>(outs)};
    for (size_t k = 0; k < outs; k++) {
        const float* filter = &weights.oihw[k * fan_in];
        const float largest = largest_magnitude(filter, fan_in);
        const float steps = largest > 0 ? 127.0f / largest : 0;
        quantised.scale[k] = largest / 127.0f;
        for (size_t i = 0; i < fan_in; i++) {
            quantised.oihw[k * padded + i] = (int8_t)std::lrintf(filter[i] * steps);
        }
    }
    return quantised;
}

std::vector<float> calibrate(const NetworkOptions& options, ThreadPool& pool) {
    NetworkOptions calibration = options;
    calibration.algorithm = TG_DIRECT;
    calibration.batch = kCalibrationImages;
    F32Network network(calibration, f32_kernels(TG_ISA_BEST), pool);
    network.set_input(make_images(kFirstCalibrationImage, kCalibrationImages, options.image_size).data());

    std::vector<float> largest(network.layers().size() * (size_t)network.lane_count());
    network.run_observed([&](const Member& member, int layer) {
        if (member.index != 0) return;
        largest[(size_t)layer * (size_t)network.lane_count() + (size_t)member.lane] =
            largest_magnitude(network.output(member.lane, layer), network.layers()[(size_t)layer].output_count());
    });

    std::vector<float> scales;
    for (const Layer& layer : network.layers()) {
        auto of_layer = largest.begin() + (ptrdiff_t)scales.size() * network.lane_count();
        const float most = *std::max_element(of_layer, of_layer + network.lane_count());
        if (layer.role == Role::kMaxPool) {
            scales.push_back(scales.back());  // copies bytes
        } else {
            scales.push_back(round_up_to_grid(most / (layer.role == Role::kProjection ? 127.0f : 255.0f)));
        }
    }
    return scales;
}

}  // namespace tailgate
