// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "onednn_network.h"

#include <cstring>

#include "network/weights.h"

namespace tailgate::benchmark {

using namespace dnnl;
using tag = memory::format_tag;
using type = memory::data_type;

OneDnnNetwork::OneDnnNetwork(int batch, const uint8_t* pixels, std::vector<float> scales)
    : scales_(std::move(scales)), int8_(!scales_.empty()), activation_(int8_ ? type::u8 : type::f32) {
    add_input(batch, pixels);
    const auto layers = resnet152(batch, 224, 1);
    for (size_t i = 0; i < layers.size(); i++) {
        if (layers[i].is_convolution()) {
            add_convolution(layers[i], (int)i);
        } else if (layers[i].role == Role::kClassifier) {
            add_classifier(layers[i], (int)i);
        } else {
            add_pooling(layers[i]);
        }
    }
}

void OneDnnNetwork::add_input(int batch, const uint8_t* pixels) {
    input_ = memory({{batch, kImageChannels, 224, 224}, activation_, tag::nhwc}, engine_);
    const size_t count = (size_t)batch * kImageChannels * 224 * 224;
    if (int8_) {
        std::memcpy(input_.get_data_handle(), pixels, count);
    } else {
        auto* floats = static_cast<float*>(input_.get_data_handle());
        for (size_t i = 0; i < count; i++) floats[i] = (float)pixels[i] * (1.0f / 255);
    }
}

memory OneDnnNetwork::reordered(const memory& from, const memory::desc& to) {
    if (from.get_desc() == to) return from;
    memory target(to, engine_);
    reorder(from, target).execute(stream_, const_cast<memory&>(from), target);
    stream_.wait();
    return target;
}

memory OneDnnNetwork::vector_of(const std::vector<float>& values) {
    memory vector({{(memory::dim)values.size()}, type::f32, tag::x}, engine_);
    std::memcpy(vector.get_data_handle(), values.data(), values.size() * sizeof(float));
    return vector;
}

memory OneDnnNetwork::weights_of(
    const Layer& layer, int index, const memory::dims& dims, const memory::desc& wanted, std::vector<float>& scale) {
    Weights weights = make_weights(layer, index);
    memory plain({dims, int8_ ? type::s8 : type::f32, dims.size() == 2 ? tag::ab : tag::abcd}, engine_);
    if (int8_) {
        ConvShape shape = layer.shape;
        QuantisedWeights quantised = quantise(weights, shape);
        scale = quantised.scale;
        const size_t taps = (size_t)shape.kernel * shape.kernel;
        const size_t ins = taps * (size_t)shape.channels_in, padded = taps * (size_t)int8_shape(shape).channels_in;
        for (size_t k = 0; k < scale.size(); k++) {
            std::memcpy(static_cast<int8_t*>(plain.get_data_handle()) + k * ins, &quantised.oihw[k * padded], ins);
        }
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

    if (layer.source == kNoLayer) input_ = reordered(input_, chosen.src_desc());  // once, not in each run
    std::vector<float> weight_scale;
    memory result = adds ? memory(chosen.dst_desc(), engine_, outputs_[(size_t)layer.residual].get_data_handle())
                         : memory(chosen.dst_desc(), engine_);
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
    memory result(chosen.dst_desc(), engine_);
    steps_.push_back({pooling_forward(chosen), {{DNNL_ARG_SRC, source(layer)}, {DNNL_ARG_DST, result}}});
    outputs_.push_back(result);
}

void OneDnnNetwork::add_classifier(const Layer& layer, int index) {
    const ConvShape& s = layer.shape;
    // The average pool keeps its input's shape and, here, its scale.
    const Layer pool = resnet152(s.batch, 224, 1)[(size_t)layer.source];
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
    memory result(chosen.dst_desc(), engine_);
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

std::vector<float> OneDnnNetwork::logits() const {
    const memory& last = outputs_.back();
    const auto* values = static_cast<const float*>(last.get_data_handle());
    return std::vector<float>(values, values + last.get_desc().get_size() / sizeof(float));
}

}  // namespace tailgate::benchmark
