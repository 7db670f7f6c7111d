// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 operations in plain C++, one output value after the other.
//
//   loop order  row, x, channel out, then kernel row, kernel column, channel in: as the formula is written
//   exactness   |u8 * s8| <= 255 * 128, so 65,793 products fit an int32_t sum; ResNet-152 has at most 4,608
//   edges       the border holds the padding, and is read like any other pixel

#include "int8_reference.h"

#include "int8_requantise.h"

namespace tailgate {
namespace {

/// Index of pixel (image, y, x) among the pixels of a bordered activation; y and x count without the border.
size_t pixel_index(int32_t image, int32_t y, int32_t x, int32_t height, int32_t width, int32_t border) {
    const size_t row = (size_t)image * (size_t)(height + 2 * border) + (size_t)(y + border);
    return row * (size_t)(width + 2 * border) + (size_t)(x + border);
}

int32_t sum_of_products(
    const Int8Conv& conv, int32_t image, int32_t y, int32_t x, int32_t k, const int8_t* oihw, const uint8_t* src) {
    const ConvShape& s = conv.shape;
    int32_t sum = 0;
    for (int32_t ky = 0; ky < s.kernel; ++ky) {
        for (int32_t kx = 0; kx < s.kernel; ++kx) {
            const size_t pixel = pixel_index(
                image, y * s.stride + ky - s.padding, x * s.stride + kx - s.padding, s.height, s.width,
                conv.src_border);
            for (int32_t c = 0; c < s.channels_in; ++c) {
                const size_t weight =
                    (((size_t)k * (size_t)s.channels_in + (size_t)c) * (size_t)s.kernel + (size_t)ky) *
                        (size_t)s.kernel +
                    (size_t)kx;
                sum += (int32_t)src[pixel * (size_t)s.channels_in + (size_t)c] * (int32_t)oihw[weight];
            }
        }
    }
    return sum;
}

}  // namespace

void int8_reference_convolve(
    const Int8Conv& conv, const ConvPart& part, const int8_t* oihw, const uint8_t* src, void* dst) {
    const ConvShape& s = conv.shape;
    const int32_t height = s.out_height();
    const int32_t width = s.out_width();
    for (int32_t row = part.row_begin; row < part.row_end; ++row) {
        for (int32_t x = 0; x < width; ++x) {
            const size_t pixel = pixel_index(row / height, row % height, x, height, width, conv.dst_border);
            for (int32_t k = part.channel_begin; k < part.channel_end; ++k) {
                const int32_t sum = sum_of_products(conv, row / height, row % height, x, k, oihw, src);
                requantise(conv, sum, k, pixel * (size_t)s.channels_out + (size_t)k, dst);
            }
        }
    }
}

void int8_reference_max_pool(
    const ConvShape& shape, int32_t row_begin, int32_t row_end,  //
    const uint8_t* src, int32_t src_border, uint8_t* dst, int32_t dst_border) {
    const size_t channels = (size_t)shape.channels_in;
    const int32_t height = shape.out_height();
    const int32_t width = shape.out_width();
    for (int32_t row = row_begin; row < row_end; ++row) {
        for (int32_t x = 0; x < width; ++x) {
            for (size_t c = 0; c < channels; ++c) {
                uint8_t highest = 0;
                for (int32_t ky = 0; ky < 3; ++ky) {
                    for (int32_t kx = 0; kx < 3; ++kx) {
                        const int32_t sy = row % height * 2 + ky - 1;
                        const int32_t sx = x * 2 + kx - 1;
                        if (sy < 0 || sy >= shape.height || sx < 0 || sx >= shape.width) {
                            continue;
                        }
                        const size_t pixel =
                            pixel_index(row / height, sy, sx, shape.height, shape.width, src_border);
                        const uint8_t value = src[pixel * channels + c];
                        highest = value > highest ? value : highest;
                    }
                }
                dst[pixel_index(row / height, row % height, x, height, width, dst_border) * channels + c] = highest;
            }
        }
    }
}

void int8_reference_average_pool(
    int32_t image_begin, int32_t image_end, int32_t pixels, int32_t channels, float scale,  //
    const uint8_t* src, uint8_t* dst) {
    for (int32_t image = image_begin; image < image_end; ++image) {
        for (int32_t c = 0; c < channels; ++c) {
            int32_t sum = 0;
            for (int32_t p = 0; p < pixels; ++p) {
                sum += src[((size_t)image * (size_t)pixels + (size_t)p) * (size_t)channels + (size_t)c];
            }
            dst[(size_t)image * (size_t)channels + (size_t)c] =
                (uint8_t)round_and_saturate((float)sum * scale, 0, 255);
        }
    }
}

void int8_reference_fully_connected(
    int32_t images, int32_t ins, int32_t outs, int32_t out_begin, int32_t out_end,  //
    const uint8_t* src, const int8_t* weights, const float* scale, const float* bias, float* dst) {
    for (int32_t image = 0; image < images; ++image) {
        for (int32_t out = out_begin; out < out_end; ++out) {
            int32_t sum = 0;
            for (int32_t in = 0; in < ins; ++in) {
                sum += (int32_t)src[(size_t)image * (size_t)ins + (size_t)in] *
                       (int32_t)weights[(size_t)out * (size_t)ins + (size_t)in];
            }
            dst[(size_t)image * (size_t)outs + (size_t)out] = std::fmaf((float)sum, scale[out], bias[out]);
        }
    }
}

}  // namespace tailgate
