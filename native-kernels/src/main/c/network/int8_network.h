// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The network in INT8: unsigned activations, one scale a layer from calibration; signed weights, one scale an output
// channel; zero point 0 everywhere, so that a border of zeros is exact.

#pragma once

#include "../conv/int8_kernels.h"
#include "network.h"

namespace tailgate {

class Int8Network final : public Network {
  public:
    /// `scales`: of each layer's output, from calibrate().
    Int8Network(
        const NetworkOptions& options, const Int8Kernels& kernels, ThreadPool& pool, std::vector<float> scales);

    void set_input(const uint8_t* pixels) override;
    void set_input(const float* pixels) override;
    const char* isa_name() const override { return kernels_.name; }

  private:
    struct PackedLayer {
        Buffer<int8_t> weights;
        Buffer<float> scale;
        Buffer<float> bias;
    };

    void execute(const Member& member, int layer) override;
    void convolve(const Member& member, int layer, const void* src, void* dst);
    /// Tells a convolution which weights the layer after it reads first.
    void announce_next(const Member& member, int next, Int8Conv& conv);
    void plan_layer(int layer);
    void pack_layer(int layer, Arena& arena);
    float scale_of(int layer) const;  ///< kNoLayer: the input's

    const Int8Kernels& kernels_;
    const std::vector<float> scales_;
    std::vector<PackedLayer> packed_;
    size_t scratch_bytes_ = 0;
};

}  // namespace tailgate
