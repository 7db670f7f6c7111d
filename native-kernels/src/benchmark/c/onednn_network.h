// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The same ResNet-152 on oneDNN: our layers, our weights, our INT8 scales. As fast as oneDNN can: its own choice of
// layouts, weights reordered once, ReLU and the residual sum fused as post-ops.

#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

#include "network/plan.h"
#include "network/quantisation.h"

namespace tailgate::benchmark {

class OneDnnNetwork {
  public:
    /// `scales` empty: FP32. `pixels` NHWC, 0..255.
    OneDnnNetwork(int batch, const uint8_t* pixels, std::vector<float> scales);

    void run();
    std::vector<float> logits() const;

  private:
    using Memory = dnnl::memory;
    struct Step {
        dnnl::primitive primitive;
        std::unordered_map<int, Memory> arguments;
    };

    void add_input(int batch, const uint8_t* pixels);
    void add_convolution(const Layer& layer, int index);
    void add_pooling(const Layer& layer);
    void add_classifier(const Layer& layer, int index);
    void add_scale(Step& step, int argument, const std::vector<float>& scale);
    Memory reordered(const Memory& from, const Memory::desc& to);
    Memory vector_of(const std::vector<float>& values);
    Memory weights_of(
        const Layer& layer, int index, const Memory::dims& dims, const Memory::desc& wanted,
        std::vector<float>& scale);
    float scale_of(int layer) const { return layer == kNoLayer ? 1.0f / 255 : scales_[(size_t)layer]; }
    const Memory& source(const Layer& layer) const { return layer.source == kNoLayer ? input_ : outputs_[(size_t)layer.source]; }

    const std::vector<float> scales_;
    const bool int8_;
    const Memory::data_type activation_;
    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    Memory input_;
    std::vector<Memory> outputs_;
    std::vector<Step> steps_;
};

}  // namespace tailgate::benchmark
