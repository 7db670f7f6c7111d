// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for CPUs with AVX-VNNI, vpdpbusd on 256-bit registers, and without AVX-512; see int8_direct_avx2.h
// for tiles, layouts and loop orders. Pools and the classifier are AVX2's.

#include "int8_direct_avx2.h"
#include "int8_fully_connected_avx2.h"
#include "int8_pool_avx2.h"

namespace tailgate {
namespace {

/// Four u8 * s8 taps a step, added to an int32, exact; as inline assembly, because GCC 12 spills the sums to the stack
/// around the intrinsic.
struct DotInt8 {
    using Weight = int8_t;
    static void add(__m256i& sum, __m256i activations, __m256i weights) {
        __asm__("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(activations), "x"(weights));
    }
};

using Direct = DirectConv<DotInt8>;

int32_t channel_step(const ConvShape&) { return kPanelChannels; }

}  // namespace

const Int8Kernels kInt8AvxVnni = {
    "avxvnni",
    Direct::packed_bytes,
    Direct::pack,
    Direct::scratch_bytes,
    channel_step,
    Direct::convolve,
    nullptr,
    nullptr,
    int8_max_pool_avx2,
    int8_average_pool_avx2,
    int8_fully_connected_packed_bytes_avx2,
    int8_fully_connected_pack_avx2,
    int8_fully_connected_avx2,
};

}  // namespace tailgate
