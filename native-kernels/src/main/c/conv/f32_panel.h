// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Weights in panels of kPanel<Isa> columns: [panel][depth][kPanel], columns beyond the last are zeros.

#pragma once

#include "f32_tile.h"

namespace tailgate {

template <class Isa>
size_t panel_floats(int32_t depth, int32_t columns) {
    return static_cast<size_t>(depth) * static_cast<size_t>(divide_up(columns, kPanel<Isa>)) * kPanel<Isa>;
}

/// Packs weight(k, column), k < depth, column < columns.
template <class Isa, class Weight>
void pack_panels(int32_t depth, int32_t columns, float* packed, const Weight& weight) {
    for (int32_t first = 0; first < columns; first += kPanel<Isa>) {
        for (int32_t k = 0; k < depth; ++k) {
            for (int32_t i = 0; i < kPanel<Isa>; ++i) {
                *packed++ = first + i < columns ? weight(k, first + i) : 0.0f;
            }
        }
    }
}

/// A depth cut into equal steps that each fit L1: whole cache lines, at most kPanelDepth.
template <class Isa>
int32_t depth_step(int32_t depth) {
    const int32_t steps = divide_up(depth, Isa::kPanelDepth);
    return divide_up(divide_up(depth, steps), 16) * 16;
}

}  // namespace tailgate
