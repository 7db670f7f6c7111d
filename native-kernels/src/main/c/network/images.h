// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

namespace tailgate {

/// Deterministic pictures, NHWC, three channels: slanted waves, of another pitch, brightness and contrast in each image
/// and channel, and some noise. Image i is the same whatever `first` and `count` are.
std::vector<uint8_t> make_images(int first, int count, int size);

}  // namespace tailgate
