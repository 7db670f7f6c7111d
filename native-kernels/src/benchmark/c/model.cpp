// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "model.h"

#include <algorithm>
#include <memory>

#include "network/abi_call.h"
#include "network/images.h"
#include "network/quantisation.h"
#include "network/weights.h"
#include "pool/cpu_mask.h"

using namespace tailgate;
using namespace tailgate::benchmark;

namespace tailgate::benchmark {

std::vector<int8_t> unpadded(const std::vector<int8_t>& padded, const Layer& layer) {
    const size_t taps = (size_t)layer.shape.kernel * layer.shape.kernel;
    const size_t wanted = taps * (size_t)layer.shape.channels_in;
    const size_t stored = taps * (size_t)int8_shape(layer.shape).channels_in;
    std::vector<int8_t> weights(layer.weight_count());
    for (size_t k = 0; k < (size_t)layer.shape.channels_out; k++) {
        std::copy_n(&padded[k * stored], wanted, &weights[k * wanted]);
    }
    return weights;
}

}  // namespace tailgate::benchmark

namespace {

std::vector<float> scales_of(tg_precision precision, int batch) {
    if (precision == TG_FP32) return {};
    ThreadPool pool(allowed_cpus());
    return calibrate({TG_DIRECT, TG_ISA_BEST, batch, kImageSize, 1}, pool);
}

const Layer& layer_of(const tgb_model* model, int32_t layer) {
    require_not_null("model", model);
    require_range("layer", layer, 0, tgb_model_layer_count(model) - 1);
    return model->layers[(size_t)layer];
}

template <typename T>
void copy(const char* name, const std::vector<T>& from, T* to, int64_t count) {
    require_array(name, to, count, (int64_t)from.size());
    std::copy(from.begin(), from.end(), to);
}

}  // namespace

const char* tgb_last_error(void) { return tg_last_error(); }

tg_status tgb_allowed_cpus(int32_t* cpus, int32_t capacity, int32_t* count) {
    return tg_allowed_cpus(cpus, capacity, count);
}

tg_status tgb_pin(int32_t cpu) {
    return guarded([&] { pin_to(cpu); });
}

tg_status tgb_model_create(int32_t precision, int32_t batch, tgb_model** model) {
    return guarded([&] {
        require_range("precision", precision, TG_FP32, TG_INT8);
        const auto wanted = static_cast<tg_precision>(precision);
        auto made = std::make_unique<tgb_model>();
        *made = {wanted, batch, resnet152(batch, kImageSize, 1), scales_of(wanted, batch),
                 make_images(0, batch, kImageSize)};
        *model = made.release();
    });
}

void tgb_model_destroy(tgb_model* model) { delete model; }

int32_t tgb_model_layer_count(const tgb_model* model) { return (int32_t)model->layers.size(); }

tg_status tgb_model_layer(const tgb_model* model, int32_t index, int32_t* fields, int32_t count) {
    return guarded([&] {
        const Layer& layer = layer_of(model, index);
        const ConvShape& s = layer.shape;
        copy<int32_t>(
            "fields",
            {(int32_t)layer.role, layer.source, layer.residual, layer.relu, s.height, s.width, s.channels_in,
             s.channels_out, s.kernel, s.stride, s.padding},
            fields, count);
    });
}

const char* tgb_model_layer_name(const tgb_model* model, int32_t layer) {
    return model->layers[(size_t)layer].name.c_str();
}

const char* tgb_model_layer_shape(const tgb_model* model, int32_t layer) {
    return model->layers[(size_t)layer].shape_text.c_str();
}

tg_status tgb_model_pixels(const tgb_model* model, uint8_t* pixels, int64_t count) {
    return guarded([&] { copy("pixels", model->pixels, pixels, count); });
}

tg_status tgb_model_weights(const tgb_model* model, int32_t layer, float* oihw, int64_t count) {
    return guarded([&] { copy("oihw", make_weights(layer_of(model, layer), layer).oihw, oihw, count); });
}

tg_status tgb_model_bias(const tgb_model* model, int32_t layer, float* bias, int64_t count) {
    return guarded([&] { copy("bias", make_weights(layer_of(model, layer), layer).bias, bias, count); });
}

tg_status tgb_model_int8_weights(const tgb_model* model, int32_t index, int8_t* oihw, int64_t count) {
    return guarded([&] {
        const Layer& layer = layer_of(model, index);
        copy("oihw", unpadded(quantise(make_weights(layer, index), layer.shape).oihw, layer), oihw, count);
    });
}

tg_status tgb_model_int8_weight_scales(const tgb_model* model, int32_t index, float* scales, int64_t count) {
    return guarded([&] {
        const Layer& layer = layer_of(model, index);
        copy("scales", quantise(make_weights(layer, index), layer.shape).scale, scales, count);
    });
}

float tgb_model_int8_output_scale(const tgb_model* model, int32_t layer) {
    return model->scales.empty() ? 0 : model->scales[(size_t)layer];
}
