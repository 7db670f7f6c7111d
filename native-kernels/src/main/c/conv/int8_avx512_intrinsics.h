// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// <immintrin.h> without GCC 12's false warnings: its _mm512_undefined_*() read an uninitialised variable on purpose
// (GCC bug 105593), and -Wuninitialized blames every caller.

#pragma once

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#else
#include <immintrin.h>
#endif
