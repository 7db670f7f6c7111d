// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What the kernel counts of the calling thread since it started.

#pragma once

#include <cstdint>

namespace tailgate {

struct ThreadUsage {
    int64_t run_delay_ns;  ///< ready to run, but without a CPU; -1 where the kernel does not count it
    int64_t voluntary_switches;
    int64_t involuntary_switches;
    int64_t minor_faults;
};

ThreadUsage usage_of_this_thread();

}  // namespace tailgate
