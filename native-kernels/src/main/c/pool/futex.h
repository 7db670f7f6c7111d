// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Waiting for a 32-bit word to change: first by spinning, because a layer is often over in microseconds and a wake-up
// costs tens of them, then asleep in the kernel, because a spinning thread takes the CPU from whom it waits for.

#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <cstdint>

namespace tailgate {

inline void cpu_relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
}

/// Returns when `word` is not `old` any more.
inline void wait_while(std::atomic<uint32_t>& word, uint32_t old, int spins) {
    for (int i = 0; i < spins; i++) {
        if (word.load(std::memory_order_acquire) != old) return;
        cpu_relax();
    }
    while (word.load(std::memory_order_acquire) == old) {
        // EAGAIN (changed meanwhile) and EINTR both mean: look again.
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, old, nullptr, nullptr, 0);
    }
}

inline void wake_all(std::atomic<uint32_t>& word) {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace tailgate
