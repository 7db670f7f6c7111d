// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// INT8 convolution for AVX2 and FMA, without VNNI: 3x3 by Winograd and 1x1 by Strassen where they may, in integers,
// all else directly; see int8_winograd_avx2.h, int8_strassen_avx2.h and int8_direct_avx2.h.

#include "int8_direct_avx2.h"
#include "int8_fully_connected_avx2.h"
#include "int8_pool_avx2.h"
#include "int8_strassen_avx2.h"
#include "int8_winograd_avx2.h"

namespace tailgate {
namespace {

using Direct = DirectConv<DotInt16>;

size_t packed_bytes(const ConvShape& s) {
    return WinogradConv::supports(s)   ? WinogradConv::packed_bytes(s)
           : StrassenConv::supports(s) ? StrassenConv::packed_bytes(s)
                                       : Direct::packed_bytes(s);
}

void pack(const ConvShape& s, const int8_t* oihw, int8_t* packed) {
    return WinogradConv::supports(s)   ? WinogradConv::pack(s, oihw, packed)
           : StrassenConv::supports(s) ? StrassenConv::pack(s, oihw, packed)
                                       : Direct::pack(s, oihw, packed);
}

size_t scratch_bytes(const ConvShape& s) {
    return WinogradConv::supports(s)   ? WinogradConv::scratch_bytes(s)
           : StrassenConv::supports(s) ? StrassenConv::scratch_bytes(s)
                                       : Direct::scratch_bytes(s);
}

int32_t channel_step(const ConvShape& s) {
    return StrassenConv::supports(s) ? StrassenConv::kChannelStep : kPanelChannels;
}

void convolve(const Int8Conv& conv, const ConvPart& part, const uint8_t* src, void* dst, void* scratch) {
    if (WinogradConv::supports(conv.shape)) {
        WinogradConv(conv, dst, scratch).run(part, src);
    } else if (StrassenConv::supports(conv.shape)) {
        StrassenConv(conv, dst, scratch).run(part, src);
    } else {
        Direct::convolve(conv, part, src, dst, scratch);
    }
}

}  // namespace

const Int8Kernels kInt8Avx2 = {
    "avx2",
    packed_bytes,
    pack,
    scratch_bytes,
    channel_step,
    convolve,
    nullptr,
    nullptr,
    int8_max_pool_avx2,
    int8_average_pool_avx2,
    int8_fully_connected_packed_bytes_avx2,
    int8_fully_connected_pack_avx2,
    int8_fully_connected_avx2,
};

}  // namespace tailgate
