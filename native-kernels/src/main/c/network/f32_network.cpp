// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "f32_network.h"

#include <algorithm>

#include "../pool/status_error.h"
#include "images.h"
#include "split.h"
#include "weights.h"

namespace tailgate {
namespace {

constexpr float kPixelScale = 1.0f / 255.0f;
constexpr int kClassStep = 16;  // f32_kernels.h: out_begin and out_end are multiples of 16

bool is_winograd_shape(const ConvShape& shape) {
    return shape.kernel == 3 && shape.stride == 1 && shape.padding == 1;
}

/// The classifier's kernel walks the classes, so it wants them next to each other.
void transpose(const std::vector<float>& outs_by_ins, int ins, int outs, float* ins_by_outs) {
    for (int o = 0; o < outs; o++) {
        for (int i = 0; i < ins; i++) ins_by_outs[(size_t)i * outs + o] = outs_by_ins[(size_t)o * ins + i];
    }
}

}  // namespace

F32Network::F32Network(const NetworkOptions& options, const F32Kernels& kernels, ThreadPool& pool)
    : Network(options, pool, {kImageChannels, sizeof(float), false}), kernels_(kernels), packed_(layers().size()) {
    for (int layer = 0; layer < (int)layers().size(); layer++) plan_layer(layer);
    reserve_scratch(scratch_bytes_);
    for_each_weighted_layer([this](int layer, Arena& arena) { pack_layer(layer, arena); });
    set_input(make_images(0, batch(), options.image_size).data());
}

F32Algorithm F32Network::algorithm_for(const ConvShape& shape) const {
    if (options_.algorithm == TG_DIRECT || !is_winograd_shape(shape)) return F32Algorithm::kDirect;
    if (options_.algorithm == TG_AUTO && !winograd_pays(shape)) return F32Algorithm::kDirect;
    if (kernels_.supports(shape, F32Algorithm::kWinograd)) return F32Algorithm::kWinograd;
    if (options_.algorithm == TG_AUTO) return F32Algorithm::kDirect;
    throw StatusError(
        TG_UNSUPPORTED, std::string("Winograd was asked for, but the ") + kernels_.name +
                            " kernels have none for a 3x3 convolution of this network; take DIRECT or AUTO");
}

void F32Network::plan_layer(int index) {
    const Layer& layer = layers()[(size_t)index];
    const ConvShape& shape = layer.shape;
    if (layer.is_convolution()) {
        const F32Algorithm algorithm = packed_[(size_t)index].algorithm = algorithm_for(shape);
        scratch_bytes_ = std::max(scratch_bytes_, kernels_.scratch_bytes(shape, algorithm, shape.rows()));
        split_layer(index, kernels_.row_step(shape, algorithm), kernels_.channel_step(shape, algorithm));
    } else if (layer.role == Role::kClassifier) {
        split_layer(index, shape.rows(), kClassStep);
    } else {
        split_layer(index, 1, shape.channels_out);
    }
}

void F32Network::pack_layer(int index, Arena& arena) {
    const Layer& layer = layers()[(size_t)index];
    const Weights weights = make_weights(layer, index);
    PackedLayer& packed = packed_[(size_t)index];
    packed.bias = Buffer<float>(weights.bias.size(), arena);
    std::copy(weights.bias.begin(), weights.bias.end(), packed.bias.data());
    if (layer.role == Role::kClassifier) {
        packed.weights = Buffer<float>(weights.oihw.size(), arena);
        transpose(weights.oihw, layer.shape.channels_in, layer.shape.channels_out, packed.weights.data());
        return;
    }
    packed.weights = Buffer<float>(kernels_.packed_floats(layer.shape, packed.algorithm), arena);
    kernels_.pack(layer.shape, packed.algorithm, weights.oihw.data(), packed.weights.data());
}

void F32Network::set_input(const uint8_t* pixels) {
    const size_t each = image_elements() * (size_t)lane_batch();
    for (int lane = 0; lane < lane_count(); lane++) {
        float* input = input_of_lane<float>(lane);
        const uint8_t* source = pixels + each * (size_t)lane;
        for (size_t i = 0; i < each; i++) input[i] = (float)source[i] * kPixelScale;
    }
}

void F32Network::set_input(const float* pixels) {
    const size_t each = image_elements() * (size_t)lane_batch();
    for (int lane = 0; lane < lane_count(); lane++) {
        std::copy_n(pixels + each * (size_t)lane, each, input_of_lane<float>(lane));
    }
}

void F32Network::execute(const Member& member, int index) {
    const ConvPart& mine = part(member, index);
    if (is_empty(mine)) return;
    const Layer& layer = layers()[(size_t)index];
    const ConvShape& shape = layer.shape;
    const PackedLayer& packed = packed_[(size_t)index];
    const float* src = buffer_of<float>(member, layer.source_buffer);
    float* dst = buffer_of<float>(member, layer.buffer);
    switch (layer.role) {
        case Role::kMaxPool: kernels_.max_pool(shape, mine.row_begin, mine.row_end, src, dst); return;
        case Role::kAveragePool:
            kernels_.average_pool(
                mine.row_begin, mine.row_end, shape.height * shape.width, shape.channels_in, src, dst);
            return;
        case Role::kClassifier:
            kernels_.fully_connected(
                shape.batch, shape.channels_in, shape.channels_out, mine.channel_begin, mine.channel_end, src,
                packed.weights.data(), packed.bias.data(), dst);
            return;
        default: convolve(member, index, src, dst);
    }
}

void F32Network::convolve(const Member& member, int index, const float* src, float* dst) {
    const Layer& layer = layers()[(size_t)index];
    const PackedLayer& packed = packed_[(size_t)index];
    const float* residual = layer.residual == kNoLayer ? nullptr : dst;
    kernels_.convolve(
        {layer.shape, packed.algorithm, packed.weights.data(), packed.bias.data(), residual, layer.relu},
        part(member, index), src, dst, scratch(member));
}

}  // namespace tailgate
