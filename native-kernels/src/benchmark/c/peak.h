// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Loops of nothing but the instruction that a convolution is made of, on registers: the most that this CPU can do.
// A call computes about the operations asked for and returns how many it did, a multiply-add counted as two.

#pragma once

namespace tailgate::benchmark {

double peak_f32_avx2(double operations);
double peak_f32_avx512(double operations);
double peak_int8_avx2(double operations);        ///< vpmaddubsw, vpmaddwd, vpaddd
double peak_int8_avx512vnni(double operations);  ///< vpdpbusd
double peak_int8_amx(double operations);         ///< tdpbusd

}  // namespace tailgate::benchmark
