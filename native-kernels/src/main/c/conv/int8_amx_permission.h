// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace tailgate {

/// Asks the kernel for the use of AMX tile data in this process and reads back whether it was granted. Linux grants it
/// to all threads of the process, present and future; asking again is harmless. False where the kernel does not know
/// AMX, or refuses it. Says nothing about the CPU: whoever asks has looked at cpuid.
bool int8_amx_permitted();

}  // namespace tailgate
