// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// ResNet-152 v1 as a list of layers and the few buffers that they share; no weights, no precision.
//
//   conv1 7x7/2, max pool 3x3/2, 3 + 8 + 36 + 3 bottlenecks, average pool, 1000 classes
//   bottleneck   2a: 1x1 reduce, 2b: 3x3, 2c: 1x1 expand, added to the stream; the first of a stage projects the
//                stream (branch1) and, from the second stage on, halves the image in 2a and branch1
//   the stream   lives in two buffers: 2c adds in place, a projection writes the other one

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "../conv/conv_shape.h"

namespace tailgate {

enum class Role { kStem, kMaxPool, kProjection, kReduce, kSpatial, kExpand, kAveragePool, kClassifier };

/// The buffers of one lane, each as large as its largest user. What a 3x3 reads has a buffer for each stage, so that
/// the border is in one place and zeroed once.
enum BufferId : int {
    kInputBuffer,
    kStemBuffer,
    kStreamBuffer0,
    kStreamBuffer1,
    kReducedBuffer0,  // + stage, 0..3
    kSpatialBuffer = kReducedBuffer0 + 4,
    kPooledBuffer,
    kLogitsBuffer,
    kBufferCount
};

constexpr int kNoLayer = -1;  ///< as a layer's source: the network's input
constexpr int kClasses = 1000;
constexpr int kImageChannels = 3;

struct Layer {
    Role role;
    std::string name;
    std::string shape_text;
    ConvShape shape;     ///< pools: channels_out = channels_in; average pool and classifier: as 1x1 on one pixel
    int source;          ///< the layer whose output this one reads
    int residual;        ///< the layer whose output is added, or kNoLayer
    BufferId source_buffer;
    BufferId buffer;     ///< where the output goes; the residual is there already
    bool relu;

    bool has_weights() const { return role != Role::kMaxPool && role != Role::kAveragePool; }
    bool is_convolution() const { return has_weights() && role != Role::kClassifier; }
    double flops() const { return has_weights() ? shape.nominal_flops() : 0; }
    size_t weight_count() const {
        return (size_t)shape.channels_out * shape.channels_in * shape.kernel * shape.kernel;
    }
    /// Elements of the output without border.
    size_t output_count() const { return (size_t)shape.rows() * shape.out_width() * shape.channels_out; }
};

/// Pixels of zeros around each image of a buffer where kernels want them (INT8).
int border_of(BufferId buffer);

/// The layers for `batch` images. `image_size` is a multiple of 32, `width_divisor` 1, 2 or 4.
std::vector<Layer> resnet152(int batch, int image_size, int width_divisor);

}  // namespace tailgate
