// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The same ResNet-152 on oneDNN: our layers, our weights, our INT8 scales. As fast as oneDNN can: its own choice of
// layouts, weights reordered once, ReLU and the residual sum fused as post-ops, few buffers used again and again.

#pragma once

#include <array>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

#include "peer_arena.h"
#include "model.h"

namespace tailgate::benchmark {

class OneDnnNetwork {
  public:
    /// For the images [first, first + count) of the model.
    OneDnnNetwork(const tgb_model& model, int first, int count);

    void run();
    /// Runs, too, and adds to each layer's milliseconds.
    void run_timed(std::vector<double>& milliseconds);
    std::vector<float> logits() const;

  private:
    using Memory = dnnl::memory;
    struct Step {
        dnnl::primitive primitive;
        std::unordered_map<int, Memory> arguments;
    };

    void take_buffers();
    void add_input(const uint8_t* pixels);
    void add_convolution(const Layer& layer, int index);
    void add_pooling(const Layer& layer);
    void add_classifier(const Layer& layer, int index);
    void add_scale(Step& step, int argument, const std::vector<float>& scale);
    Memory reordered(const Memory& from, const Memory::desc& to);
    Memory vector_of(const std::vector<float>& values);
    Memory weights_of(
        const Layer& layer, int index, const Memory::dims& dims, const Memory::desc& wanted,
        std::vector<float>& scale);
    Memory output_of(const Layer& layer, const Memory::desc& wanted);
    float scale_of(int layer) const { return layer == kNoLayer ? 1.0f / 255 : model_.scales[(size_t)layer]; }
    const Memory& source(const Layer& layer) const {
        return layer.source == kNoLayer ? input_ : outputs_[(size_t)layer.source];
    }

    const tgb_model& model_;  ///< read while this is made
    const bool int8_;
    const Memory::data_type activation_;
    const std::vector<Layer> layers_;
    PeerArena arena_;
    std::array<void*, kBufferCount> buffers_{};
    std::array<size_t, kBufferCount> buffer_bytes_{};
    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    Memory input_;
    std::vector<Memory> outputs_;
    std::vector<Step> steps_;
};

}  // namespace tailgate::benchmark
