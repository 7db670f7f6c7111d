// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "clock.h"
#include "futex.h"

namespace tailgate {

/// Where the members of a group wait for each other, any number of times. Everything that a member wrote before is
/// visible to all after.
class Barrier {
  public:
    explicit Barrier(uint32_t members) : members_(members) {}

    void wait() {
        if (members_ == 1) return;
        const uint32_t round = round_.value();
        if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_) {
            arrived_.store(0, std::memory_order_relaxed);
            round_.add_one();
            round_.wake_all();
        } else {
            wait_for_others(round);
        }
    }

    /// What the calling thread has waited at barriers since it started. The last to arrive, for whom all wait, does not
    /// even look at the clock.
    static int64_t waited_ns() { return waited_ns_; }

  private:
    static constexpr int kSpins = 4000;  // 50 to 200 us by CPU, a slow layer's imbalance

    void wait_for_others(uint32_t round) {
        const int64_t begin = now_ns();
        if (round_.spin_while(round, kSpins, cpu_relax)) round_.sleep_while(round);
        waited_ns_ += now_ns() - begin;
    }

    static inline thread_local int64_t waited_ns_ = 0;

    const uint32_t members_;
    std::atomic<uint32_t> arrived_{0};
    WaitWord round_{0};
};

}  // namespace tailgate
