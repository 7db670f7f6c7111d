// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "plan.h"

namespace tailgate {
namespace {

constexpr std::array<int, 4> kBlocks{3, 8, 36, 3};
constexpr int kExpansion = 4;

std::string conv_text(const ConvShape& s, bool adds) {
    return std::to_string(s.kernel) + "x" + std::to_string(s.kernel) + " " + std::to_string(s.channels_in) + "->" +
           std::to_string(s.channels_out) + " @" + std::to_string(s.height) + " s" + std::to_string(s.stride) +
           (adds ? " +sum" : "");
}

/// Appends layers in the order in which they run and keeps track of where the stream is.
class Builder {
  public:
    Builder(int batch, int image_size, int width_divisor)
        : batch_(batch), size_(image_size), width_(64 / width_divisor) {}

    std::vector<Layer> build() {
        stem();
        for (int stage = 0; stage < (int)kBlocks.size(); stage++) {
            for (int block = 0; block < kBlocks[(size_t)stage]; block++) bottleneck(stage, block);
        }
        head();
        return std::move(layers_);
    }

  private:
    void stem() {
        conv(Role::kStem, "conv1", {kNoLayer, kInputBuffer, size_, kImageChannels}, width_, 7, 2, kStemBuffer);
        Layer& stem = layers_.back();
        ConvShape pool{batch_, stem.shape.out_height(), stem.shape.out_width(), width_, width_, 3, 2, 1};
        std::string text = "max 3x3 " + std::to_string(width_) + " @" + std::to_string(pool.height) + " s2";
        layers_.push_back(
            {Role::kMaxPool, "pool1", text, pool, last(), kNoLayer, kStemBuffer, kStreamBuffer0, false});
        stream_ = {last(), kStreamBuffer0, pool.out_height(), width_};
    }

    void bottleneck(int stage, int block) {
        const int mid = width_ << stage, wide = mid * kExpansion;
        const int stride = stage > 0 && block == 0 ? 2 : 1;
        const std::string name = block_name(stage, block);
        const Feature input = stream_;
        Feature shortcut = input;
        if (block == 0) {
            BufferId other = input.buffer == kStreamBuffer0 ? kStreamBuffer1 : kStreamBuffer0;
            shortcut = conv(Role::kProjection, name + "_branch1", input, wide, 1, stride, other);
        }
        auto reduced_buffer = static_cast<BufferId>(kReducedBuffer0 + stage);
        Feature reduced = conv(Role::kReduce, name + "_branch2a", input, mid, 1, stride, reduced_buffer);
        Feature spatial = conv(Role::kSpatial, name + "_branch2b", reduced, mid, 3, 1, kSpatialBuffer);
        stream_ = conv(Role::kExpand, name + "_branch2c", spatial, wide, 1, 1, shortcut.buffer, shortcut.layer);
    }

    void head() {
        const int size = stream_.size, channels = stream_.channels;
        ConvShape pool{batch_, size, size, channels, channels, size, 1, 0};
        std::string side = std::to_string(size);
        std::string text = "avg " + side + "x" + side + " " + std::to_string(channels) + " @" + side;
        layers_.push_back({Role::kAveragePool, "pool5", text, pool, stream_.layer, kNoLayer, stream_.buffer,
                           kPooledBuffer, false});
        ConvShape dense{batch_, 1, 1, channels, kClasses, 1, 1, 0};
        layers_.push_back({Role::kClassifier, "fc1000", "fc " + std::to_string(channels) + "->1000", dense, last(),
                           kNoLayer, kPooledBuffer, kLogitsBuffer, false});
    }

    struct Feature {
        int layer;
        BufferId buffer;
        int size;
        int channels;
    };

    Feature conv(
        Role role, const std::string& name, const Feature& input, int channels, int kernel, int stride,
        BufferId buffer, int residual = kNoLayer) {
        ConvShape shape{batch_, input.size, input.size, input.channels, channels, kernel, stride, kernel / 2};
        layers_.push_back({role, name, conv_text(shape, residual != kNoLayer), shape, input.layer, residual,
                           input.buffer, buffer, role != Role::kProjection});
        return {last(), buffer, shape.out_height(), channels};
    }

    /// As in the published Caffe model: res2a, res2b, res2c; res3a, res3b1 ... res3b7.
    static std::string block_name(int stage, int block) {
        std::string name = "res" + std::to_string(stage + 2);
        bool lettered = kBlocks[(size_t)stage] == 3;
        if (lettered || block == 0) return name + static_cast<char>('a' + block);
        return name + "b" + std::to_string(block);
    }

    int last() const { return (int)layers_.size() - 1; }

    const int batch_, size_, width_;
    Feature stream_{};
    std::vector<Layer> layers_;
};

}  // namespace

int border_of(BufferId buffer) {
    if (buffer == kInputBuffer) return 3;
    if (buffer == kStemBuffer) return 1;
    return buffer >= kReducedBuffer0 && buffer < kSpatialBuffer ? 1 : 0;
}

std::vector<Layer> resnet152(int batch, int image_size, int width_divisor) {
    return Builder(batch, image_size, width_divisor).build();
}

}  // namespace tailgate
