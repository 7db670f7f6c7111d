// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// A 32-bit word for whose change threads wait: first by spinning, because a layer is often over in microseconds and a
// wake-up costs tens of them, then asleep in the kernel, because a spinning thread takes the CPU from whom it waits for.

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

/// Whoever changes the word calls wake_all() then, which is no system call unless somebody sleeps.
class WaitWord {
  public:
    explicit WaitWord(uint32_t value) : word_(value) {}

    uint32_t value() const { return word_.load(std::memory_order_acquire); }
    void set(uint32_t value) { word_.store(value, std::memory_order_relaxed); }
    /// Both return the value before. Sequentially consistent, for sleep_while().
    uint32_t add_one() { return word_.fetch_add(1); }
    uint32_t subtract_one() { return word_.fetch_sub(1); }

    /// Calls `pause` up to `spins` times while the word is `old`; returns whether it still is.
    template <typename Pause>
    bool spin_while(uint32_t old, int spins, Pause pause) const {
        for (int i = 0; i < spins; i++) {
            if (value() != old) return false;
            pause();
        }
        return value() == old;
    }

    /// Returns when the word is not `old` any more. Either the sleeper, counted first, sees the new word, or who changed
    /// it, before looking at the count, sees the sleeper.
    void sleep_while(uint32_t old) {
        sleepers_.fetch_add(1);
        while (word_.load() == old) {
            // EAGAIN (changed meanwhile) and EINTR both mean: look again.
            syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, old, nullptr, nullptr, 0);
        }
        sleepers_.fetch_sub(1, std::memory_order_relaxed);
    }

    void wake_all() {
        if (sleepers_.load() != 0) syscall(SYS_futex, &word_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
    }

  private:
    std::atomic<uint32_t> word_;
    std::atomic<uint32_t> sleepers_{0};
};

}  // namespace tailgate
