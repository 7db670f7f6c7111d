// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../conv/f32_kernels.h"
#include "network.h"

namespace tailgate {

class F32Network final : public Network {
  public:
    F32Network(const NetworkOptions& options, const F32Kernels& kernels, ThreadPool& pool);

    void set_input(const uint8_t* pixels) override;
    void set_input(const float* pixels) override;
    const char* isa_name() const override { return kernels_.name; }

    /// A lane's output of the layer that ran last into this buffer.
    const float* output(int lane, int layer) const {
        return static_cast<const float*>(buffer(lane, layers()[(size_t)layer].buffer));
    }

  private:
    struct PackedLayer {
        F32Algorithm algorithm;
        Buffer<float> weights;
        Buffer<float> bias;
    };

    void execute(const Member& member, int layer) override;
    void convolve(const Member& member, int layer, const float* src, float* dst);
    void plan_layer(int layer);
    void pack_layer(int layer, Arena& arena);
    F32Algorithm algorithm_for(const ConvShape& shape) const;

    const F32Kernels& kernels_;
    std::vector<PackedLayer> packed_;
    size_t scratch_bytes_ = 0;
};

}  // namespace tailgate
