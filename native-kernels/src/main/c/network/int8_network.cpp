// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "int8_network.h"

#include <algorithm>
#include <cmath>

#include "images.h"
#include "quantisation.h"
#include "split.h"
#include "weights.h"

namespace tailgate {
namespace {

constexpr float kPixelScale = 1.0f / 255.0f;
constexpr int kInputChannels = 4;  // three colours and a zero: the kernels take four bytes at a time
constexpr int kClassStep = 16;     // int8_kernels.h: out_begin and out_end are multiples of 16

/// Stores pixels as the stem reads them: four channels, with a border.
template <typename Pixel, typename Quantise>
void store_images(const Pixel* pixels, int images, int size, uint8_t* input, Quantise quantise) {
    const int border = border_of(kInputBuffer), side = size + 2 * border;
    for (int row = 0; row < images * size; row++) {
        const int image = row / size, y = row % size;
        uint8_t* out = input + (((size_t)image * side + y + border) * side + border) * kInputChannels;
        for (int x = 0; x < size; x++, out += kInputChannels) {
            for (int c = 0; c < kImageChannels; c++) out[c] = quantise(*pixels++);
        }
    }
}

}  // namespace

Int8Network::Int8Network(
    const NetworkOptions& options, const Int8Kernels& kernels, ThreadPool& pool, std::vector<float> scales)
    : Network(options, pool, {kInputChannels, 1, true}), kernels_(kernels), scales_(std::move(scales)),
      packed_(layers().size()) {
    for (int layer = 0; layer < (int)layers().size(); layer++) plan_layer(layer);
    reserve_scratch(scratch_bytes_);
    for_each_weighted_layer([this](int layer, Arena& arena) { pack_layer(layer, arena); });
    set_input(make_images(0, batch(), options.image_size).data());
}

float Int8Network::scale_of(int layer) const { return layer == kNoLayer ? kPixelScale : scales_[(size_t)layer]; }

void Int8Network::plan_layer(int index) {
    const Layer& layer = layers()[(size_t)index];
    const ConvShape shape = int8_shape(layer.shape);
    if (layer.is_convolution()) {
        scratch_bytes_ = std::max(scratch_bytes_, kernels_.scratch_bytes(shape));
        split_layer(index, 1, kernels_.channel_step(shape));
    } else if (layer.role == Role::kClassifier) {
        split_layer(index, shape.rows(), kClassStep);
    } else {
        split_layer(index, 1, shape.channels_out);
    }
}

void Int8Network::pack_layer(int index, Arena& arena) {
    const Layer& layer = layers()[(size_t)index];
    const ConvShape shape = int8_shape(layer.shape);
    const Weights weights = make_weights(layer, index);
    const QuantisedWeights quantised = quantise(weights, layer.shape);
    PackedLayer& packed = packed_[(size_t)index];
    const auto outs = (size_t)shape.channels_out;
    packed.scale = Buffer<float>(outs, arena);
    packed.bias = Buffer<float>(outs, arena);
    const bool classifier = layer.role == Role::kClassifier;
    const float dst_scale = classifier ? 1.0f : scale_of(index);  // logits stay FP32
    for (size_t k = 0; k < outs; k++) {
        packed.scale[k] = scale_of(layer.source) * quantised.scale[k] / dst_scale;
        packed.bias[k] = weights.bias[k] / dst_scale;
    }
    if (classifier) {
        packed.weights = Buffer<int8_t>(kernels_.fully_connected_packed_bytes(shape.channels_in, shape.channels_out), arena);
        kernels_.fully_connected_pack(
            shape.channels_in, shape.channels_out, quantised.oihw.data(), packed.weights.data());
    } else {
        packed.weights = Buffer<int8_t>(kernels_.packed_bytes(shape), arena);
        kernels_.pack(shape, quantised.oihw.data(), packed.weights.data());
    }
}

void Int8Network::set_input(const uint8_t* pixels) {
    for (int lane = 0; lane < lane_count(); lane++) {
        store_images(
            pixels + image_elements() * (size_t)(lane * lane_batch()), lane_batch(), options_.image_size,
            input_of_lane<uint8_t>(lane), [](uint8_t pixel) { return pixel; });
    }
}

void Int8Network::set_input(const float* pixels) {
    for (int lane = 0; lane < lane_count(); lane++) {
        store_images(
            pixels + image_elements() * (size_t)(lane * lane_batch()), lane_batch(), options_.image_size,
            input_of_lane<uint8_t>(lane),
            [](float pixel) { return (uint8_t)std::lrintf(std::max(0.0f, std::min(1.0f, pixel)) * 255.0f); });
    }
}

void Int8Network::execute(const Member& member, int index) {
    const ConvPart& mine = part(member, index);
    if (is_empty(mine)) return;
    const Layer& layer = layers()[(size_t)index];
    const ConvShape& shape = layer.shape;
    const PackedLayer& packed = packed_[(size_t)index];
    const auto* src = buffer_of<uint8_t>(member, layer.source_buffer);
    auto* dst = buffer_of<uint8_t>(member, layer.buffer);
    switch (layer.role) {
        case Role::kMaxPool:
            kernels_.max_pool(
                shape, mine.row_begin, mine.row_end, src, border_of(layer.source_buffer), dst,
                border_of(layer.buffer));
            return;
        case Role::kAveragePool: {
            const int pixels = shape.height * shape.width;
            const float scale = scale_of(layer.source) / (scale_of(index) * (float)pixels);
            kernels_.average_pool(mine.row_begin, mine.row_end, pixels, shape.channels_in, scale, src, dst);
            return;
        }
        case Role::kClassifier:
            kernels_.fully_connected(
                shape.batch, shape.channels_in, shape.channels_out, mine.channel_begin, mine.channel_end, src,
                packed.weights.data(), packed.scale.data(), packed.bias.data(), buffer_of<float>(member, layer.buffer));
            return;
        default: convolve(member, index, src, dst);
    }
}

void Int8Network::convolve(const Member& member, int index, const void* src, void* dst) {
    const Layer& layer = layers()[(size_t)index];
    const PackedLayer& packed = packed_[(size_t)index];
    const bool adds = layer.residual != kNoLayer;
    const bool projects = layer.role == Role::kProjection;
    const bool adds_projection = adds && layers()[(size_t)layer.residual].role == Role::kProjection;
    Int8Conv conv{
        int8_shape(layer.shape),
        packed.weights.data(),
        packed.scale.data(),
        packed.bias.data(),
        adds ? dst : nullptr,
        adds ? scale_of(layer.residual) / scale_of(index) : 0.0f,
        adds_projection,
        projects,
        border_of(layer.source_buffer),
        border_of(layer.buffer)};
    announce_next(member, index + 1, conv);
    kernels_.convolve(conv, part(member, index), static_cast<const uint8_t*>(src), dst, scratch(member));
}

void Int8Network::announce_next(const Member& member, int next, Int8Conv& conv) {
    if (next == (int)layers().size() || !layers()[(size_t)next].is_convolution()) return;
    ConvShape step = int8_shape(layers()[(size_t)next].shape);
    const int32_t channels = kernels_.channel_step(step);
    step.channels_out = std::min(step.channels_out, channels);
    conv.next_bytes = kernels_.packed_bytes(step);
    const auto first = (size_t)(part(member, next).channel_begin / channels);
    conv.next_weights = packed_[(size_t)next].weights.data() + first * conv.next_bytes;
}

}  // namespace tailgate
