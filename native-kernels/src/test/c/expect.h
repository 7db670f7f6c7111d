// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What a test program needs: expectations that name what they saw, and an exit code.

#pragma once

#include <cstdio>
#include <string>

namespace tailgate::test {

inline int failures = 0;

/// `what` says what was expected and what was found.
inline void expect(bool holds, const std::string& what) {
    if (holds) return;
    failures++;
    std::printf("FAILED %s\n", what.c_str());
}

inline int exit_code() {
    std::printf("%d failures\n", failures);
    return failures == 0 ? 0 : 1;
}

}  // namespace tailgate::test
