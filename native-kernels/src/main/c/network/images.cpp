// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "images.h"

#include <array>

#include "plan.h"
#include "random.h"

namespace tailgate {
namespace {

constexpr uint64_t kSeed = 20200618;
constexpr int kNoise = 63;

/// A triangle wave along a slanted line, around a brightness of its own.
struct Wave {
    int step_x, step_y, phase, contrast, darkest;

    explicit Wave(Random& random)
        : step_x(up_to(random, 32) - 16), step_y(up_to(random, 32) - 16), phase(up_to(random, 511)),
          contrast(up_to(random, 127)), darkest(up_to(random, 255 - kNoise - contrast)) {}

    int at(int x, int y) const {
        const int t = (x * step_x + y * step_y + phase) & 511;
        return darkest + (t < 256 ? t : 511 - t) * contrast / 255;
    }

    static int up_to(Random& random, int most) { return (int)(random.next() % (uint64_t)(most + 1)); }
};

void make_image(Random random, int size, uint8_t* pixels) {
    const std::array<Wave, kImageChannels> waves{Wave(random), Wave(random), Wave(random)};
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            for (const Wave& wave : waves) *pixels++ = (uint8_t)(wave.at(x, y) + Wave::up_to(random, kNoise));
        }
    }
}

}  // namespace

std::vector<uint8_t> make_images(int first, int count, int size) {
    const size_t image = (size_t)size * size * kImageChannels;
    std::vector<uint8_t> pixels(image * count);
    for (int i = 0; i < count; i++) make_image(Random(kSeed + 7919u * (uint64_t)(first + i)), size, &pixels[image * i]);
    return pixels;
}

}  // namespace tailgate
