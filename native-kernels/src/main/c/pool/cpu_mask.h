// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The calling thread's CPU mask, for any number of CPUs: cpu_set_t ends at 1024.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tailgate {

/// CPUs that the calling thread may use, ascending.
std::vector<int32_t> allowed_cpus();

/// Pins the calling thread to one CPU and reads its mask back. Throws StatusError TG_CPU_NOT_ALLOWED if the kernel
/// refuses, TG_PINNING_FAILED if the mask is then not exactly that CPU.
void pin_to(int32_t cpu);

/// The kernel's list format: "0-3,8".
std::string cpu_list(const std::vector<int32_t>& ascending);

}  // namespace tailgate
