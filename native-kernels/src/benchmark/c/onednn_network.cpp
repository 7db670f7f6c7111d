// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "onednn_network.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include "network/quantisation.h"
#include "network/weights.h"

namespace tailgate::benchmark {

using namespace dnnl;
using tag = memory::format_tag;
using type = memory::data_type;

OneDnnNetwork::OneDnnNetwork(const tgb_model& model, int first, int count)
    : model_(model), int8_(model.precision == TG_INT8), activation_(int8_ ? type::u8 : type::f32),
      layers_(resnet152(count, kImageSize, 1)) {
    take_buffers();
    add_input(&model.pixels[(size_t)first * kImageChannels * kImageSize * kImageSize]);
    for (size_t i = 0; i < layers_.size(); i++) {
        if (layers_[i].is_convolution()) {
            add_convolution(layers_[i], (int)i);
        } else if (layers_[i].role == Role::kClassifier) {
            add_classifier(layers_[i], (int)i);
        } else {
            add_pooling(layers_[i]);
        }
    }
}

void OneDnnNetwork::take_buffers() {
    for (const Layer& layer : layers_) {
        const size_t element = int8_ && layer.role != Role::kClassifier ? 1 : sizeof(float);
        size_t& bytes = buffer_bytes_[layer.buffer];
        bytes = std::max(bytes, layer.output_count() * element);
    }
    for (size_t id = 0; id < kBufferCount; id++) buffers_[id] = arena_.take(buffer_bytes_[id]);
}

void OneDnnNetwork::add_input(const uint8_t* pixels) {
    const int images = layers_.front().shape.batch;
    const memory::desc nhwc({images, kImageChannels, kImageSize, kImageSize}, activation_, tag::nhwc);
    const size_t count = (size_t)images * kImageChannels * kImageSize * kImageSize;
    input_ = memory(nhwc, engine_, arena_.take(nhwc.get_size()));
    if (int8_) {
        std::memcpy(input_.get_data_handle(), pixels, count);
    } else {
        auto* floats = static_cast<float*>(input_.get_data_handle());
        for (size_t i = 0; i < count; i++) floats[i] = (float)pixels[i] * (1.0f / 255);
    }
}

memory OneDnnNetwork::reordered(const memory& from, const memory::desc& to) {
    memory target(to, engine_, arena_.take(to.get_size()));
    reorder(from, target).execute(stream_, const_cast<memory&>(from), target);
    stream_.wait();
    return target;
}

/// The plan's buffer of a layer, as the primitive wants it.
memory OneDnnNetwork::output_of(const Layer& layer, const memory::desc& wanted) {
    const size_t bytes = buffer_bytes_[layer.buffer];
    if (wanted.get_size() > bytes) {
        throw std::length_error(
            "oneDNN's output of " + layer.name + " needs " + std::to_string(wanted.get_size()) +
            " bytes, but its buffer has " + std::to_string(bytes) + "; let take_buffers() ask for more");
    }
    return memory(wanted, engine_, buffers_[layer.buffer]);
}

memory OneDnnNetwork::vector_of(const std::vector<float>& values) {
    const memory::desc desc({(memory::dim)values.size()}, type::f32, tag::x);
    memory vector(desc, engine_, arena_.take(desc.get_size()));
    std::memcpy(vector.get_data_handle(), values.data(), values.size() * sizeof(float));
    return vector;
}

memory OneDnnNetwork::weights_of(
    const Layer& layer, int index, const memory::dims& dims, const memory::desc& wanted, std::vector<float>& scale) {
    Weights weights = make_weights(layer, index);
    memory plain({dims, int8_ ? type::s8 : type::f32, dims.size() == 2 ? tag::ab : tag::abcd}, engine_);
    if (int8_) {
        const QuantisedWeights quantised = quantise(weights, layer.shape);
        scale = quantised.scale;
        std::memcpy(plain.get_data_handle(), unpadded(quantised.oihw, layer).data(), layer.weight_count());
    } else {
        std::memcpy(plain.get_data_handle(), weights.oihw.data(), weights.oihw.size() * sizeof(float));
    }
    return reordered(plain, wanted);
}

void OneDnnNetwork::add_scale(Step& step, int argument, const std::vector<float>& scale) {
    step.arguments.insert({DNNL_ARG_ATTR_SCALES | argument, vector_of(scale)});
}

void OneDnnNetwork::add_convolution(const Layer& layer, int index) {
    const ConvShape& s = layer.shape;
    const bool adds = layer.residual != kNoLayer;
    const type output = int8_ && layer.role == Role::kProjection ? type::s8 : activation_;
    const memory::dims weight_dims{s.channels_out, s.channels_in, s.kernel, s.kernel};
    const memory::dims output_dims{s.batch, s.channels_out, s.out_height(), s.out_width()};

    memory::desc from = layer.source == kNoLayer
                            ? memory::desc({s.batch, s.channels_in, s.height, s.width}, activation_, tag::any)
                            : source(layer).get_desc();
    memory::desc to({output_dims}, output, tag::any);
    primitive_attr attributes;
    post_ops fused;
    if (adds) {
        const memory& residual = outputs_[(size_t)layer.residual];
        to = memory::desc(output_dims, output, residual.get_desc().get_strides());
        if (!int8_) to = residual.get_desc();
        fused.append_sum(
            int8_ ? scale_of(layer.residual) : 1.0f, 0, int8_ ? residual.get_desc().get_data_type() : type::undef);
    }
    if (layer.relu) fused.append_eltwise(algorithm::eltwise_relu, 0, 0);
    attributes.set_post_ops(fused);
    if (int8_) {
        attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1);
        attributes.set_scales_mask(DNNL_ARG_DST, 0);
    }
    const memory::dims stride{s.stride, s.stride}, padding{s.padding, s.padding};
    convolution_forward::primitive_desc chosen(
        engine_, prop_kind::forward_inference, algorithm::convolution_direct, from,
        {weight_dims, int8_ ? type::s8 : type::f32, tag::any}, {{s.channels_out}, type::f32, tag::x}, to, stride,
        padding, padding, attributes);

    if (layer.source == kNoLayer && input_.get_desc() != chosen.src_desc()) {
        input_ = reordered(input_, chosen.src_desc());  // once, not in each run
    }
    std::vector<float> weight_scale;
    memory result = output_of(layer, chosen.dst_desc());  // where it adds, the residual is there already
    Step step{convolution_forward(chosen), {}};
    step.arguments = {
        {DNNL_ARG_SRC, source(layer)},
        {DNNL_ARG_WEIGHTS, weights_of(layer, index, weight_dims, chosen.weights_desc(), weight_scale)},
        {DNNL_ARG_BIAS, vector_of(make_weights(layer, index).bias)},
        {DNNL_ARG_DST, result}};
    if (int8_) {
        add_scale(step, DNNL_ARG_SRC, {scale_of(layer.source)});
        add_scale(step, DNNL_ARG_WEIGHTS, weight_scale);
        add_scale(step, DNNL_ARG_DST, {scale_of(index)});
    }
    steps_.push_back(std::move(step));
    outputs_.push_back(result);
}

void OneDnnNetwork::add_pooling(const Layer& layer) {
    const ConvShape& s = layer.shape;
    const bool max = layer.role == Role::kMaxPool;
    const memory::dims stride{s.stride, s.stride}, kernel{s.kernel, s.kernel}, padding{s.padding, s.padding};
    // FP32 logits of the INT8 network come from the same u8 mean as ours; its scale differs from its input's.
    primitive_attr attributes;
    pooling_forward::primitive_desc chosen(
        engine_, prop_kind::forward_inference,
        max ? algorithm::pooling_max : algorithm::pooling_avg_exclude_padding, source(layer).get_desc(),
        {{s.batch, s.channels_out, s.out_height(), s.out_width()}, activation_, tag::any}, stride, kernel, {0, 0},
        padding, padding, attributes);
    memory result = output_of(layer, chosen.dst_desc());
    steps_.push_back({pooling_forward(chosen), {{DNNL_ARG_SRC, source(layer)}, {DNNL_ARG_DST, result}}});
    outputs_.push_back(result);
}

void OneDnnNetwork::add_classifier(const Layer& layer, int index) {
    const ConvShape& s = layer.shape;
    const Layer& pool = layers_[(size_t)layer.source];  // it keeps its input's scale
    const memory::dims dims{s.channels_out, s.channels_in, 1, 1};
    primitive_attr attributes;
    if (int8_) {
        attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1);
    }
    inner_product_forward::primitive_desc chosen(
        engine_, prop_kind::forward_inference, source(layer).get_desc(),
        {dims, int8_ ? type::s8 : type::f32, tag::any}, {{s.channels_out}, type::f32, tag::x},
        {{s.batch, s.channels_out}, type::f32, tag::nc}, attributes);
    std::vector<float> weight_scale;
    memory result = output_of(layer, chosen.dst_desc());
    Step step{inner_product_forward(chosen), {}};
    step.arguments = {
        {DNNL_ARG_SRC, source(layer)},
        {DNNL_ARG_WEIGHTS, weights_of(layer, index, dims, chosen.weights_desc(), weight_scale)},
        {DNNL_ARG_BIAS, vector_of(make_weights(layer, index).bias)},
        {DNNL_ARG_DST, result}};
    if (int8_) {
        add_scale(step, DNNL_ARG_SRC, {scale_of(pool.source)});
        add_scale(step, DNNL_ARG_WEIGHTS, weight_scale);
    }
    steps_.push_back(std::move(step));
    outputs_.push_back(result);
}

void OneDnnNetwork::run() {
    for (Step& step : steps_) step.primitive.execute(stream_, step.arguments);
    stream_.wait();
}

void OneDnnNetwork::run_timed(std::vector<double>& milliseconds) {
    using Clock = std::chrono::steady_clock;
    for (size_t i = 0; i < steps_.size(); i++) {
        const auto start = Clock::now();
        steps_[i].primitive.execute(stream_, steps_[i].arguments);
        stream_.wait();
        milliseconds[i] += std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }
}

std::vector<float> OneDnnNetwork::logits() const {
    const memory& last = outputs_.back();
    const auto* values = static_cast<const float*>(last.get_data_handle());
    return std::vector<float>(values, values + last.get_desc().get_size() / sizeof(float));
}

}  // namespace tailgate::benchmark
