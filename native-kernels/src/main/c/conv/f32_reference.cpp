// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Reference loops: output pixel, output channel, then every tap and input channel.

#include "f32_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tailgate::reference {
namespace {

/// Index of channel 0 of pixel (image, y, x) in NHWC.
ptrdiff_t pixel_index(int32_t image, int32_t y, int32_t x, int32_t height, int32_t width, int32_t channels) {
    return ((static_cast<ptrdiff_t>(image) * height + y) * width + x) * channels;
}

/// Calls visit(tap, src of channel 0) for each tap of the window of an output pixel that lies inside the image.
template <class Visit>
void for_each_tap(const ConvShape& shape, const float* src, int32_t row, int32_t column, const Visit& visit) {
    for (int32_t tap = 0; tap < shape.kernel * shape.kernel; ++tap) {
        const int32_t y = row % shape.out_height() * shape.stride - shape.padding + tap / shape.kernel;
        const int32_t x = column * shape.stride - shape.padding + tap % shape.kernel;
        if (y >= 0 && y < shape.height && x >= 0 && x < shape.width) {
            const int32_t image = row / shape.out_height();
            visit(tap, src + pixel_index(image, y, x, shape.height, shape.width, shape.channels_in));
        }
    }
}

/// Calls visit(row, column, index of channel 0 in dst) for each output pixel of the batch.
template <class Visit>
void for_each_pixel(const ConvShape& shape, int32_t channels, const Visit& visit) {
    for (int32_t row = 0; row < shape.rows(); ++row) {
        for (int32_t column = 0; column < shape.out_width(); ++column) {
            visit(row, column, (static_cast<ptrdiff_t>(row) * shape.out_width() + column) * channels);
        }
    }
}

}  // namespace

void convolve(
    const ConvShape& shape, const float* src, const float* oihw, const float* bias, const float* residual, bool relu,
    float* dst, float* magnitude) {
    const int32_t taps = shape.kernel * shape.kernel;
    for_each_pixel(shape, shape.channels_out, [&](int32_t row, int32_t column, ptrdiff_t pixel) {
        for (int32_t k = 0; k < shape.channels_out; ++k) {
            const float* weights = oihw + static_cast<ptrdiff_t>(k) * shape.channels_in * taps;
            const double start = residual == nullptr ? 0.0 : static_cast<double>(residual[pixel + k]);
            double sum = static_cast<double>(bias[k]) + start;
            double size = std::abs(static_cast<double>(bias[k])) + std::abs(start);
            for_each_tap(shape, src, row, column, [&](int32_t tap, const float* channels) {
                for (int32_t c = 0; c < shape.channels_in; ++c) {
                    const double weight = static_cast<double>(weights[c * taps + tap]);
                    const double product = static_cast<double>(channels[c]) * weight;
                    sum += product;
                    size += std::abs(product);
                }
            });
            dst[pixel + k] = static_cast<float>(relu ? std::max(sum, 0.0) : sum);
            if (magnitude != nullptr) {
                magnitude[pixel + k] = static_cast<float>(size);
            }
        }
    });
}

void max_pool(const ConvShape& shape, const float* src, float* dst) {
    for_each_pixel(shape, shape.channels_in, [&](int32_t row, int32_t column, ptrdiff_t pixel) {
        std::fill_n(dst + pixel, shape.channels_in, -std::numeric_limits<float>::infinity());
        for_each_tap(shape, src, row, column, [&](int32_t, const float* channels) {
            for (int32_t c = 0; c < shape.channels_in; ++c) {
                dst[pixel + c] = std::max(dst[pixel + c], channels[c]);
            }
        });
    });
}

void average_pool(int32_t images, int32_t pixels, int32_t channels, const float* src, float* dst) {
    for (ptrdiff_t image = 0; image < images; ++image) {
        for (ptrdiff_t c = 0; c < channels; ++c) {
            double sum = 0.0;
            for (ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
                sum += static_cast<double>(src[(image * pixels + pixel) * channels + c]);
            }
            dst[image * channels + c] = static_cast<float>(sum / pixels);
        }
    }
}

void fully_connected(
    int32_t images, int32_t ins, int32_t outs, const float* src, const float* weights, const float* bias, float* dst) {
    sgemm(images, outs, ins, src, weights, dst);
    for (ptrdiff_t i = 0; i < static_cast<ptrdiff_t>(images) * outs; ++i) {
        dst[i] += bias[i % outs];
    }
}

void sgemm(int32_t m, int32_t n, int32_t k, const float* a, const float* b, float* c) {
    for (ptrdiff_t row = 0; row < m; ++row) {
        for (ptrdiff_t column = 0; column < n; ++column) {
            double sum = 0.0;
            for (ptrdiff_t i = 0; i < k; ++i) {
                sum += static_cast<double>(a[row * k + i]) * static_cast<double>(b[i * n + column]);
            }
            c[row * n + column] = static_cast<float>(sum);
        }
    }
}

}  // namespace tailgate::reference
