// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "futex.h"

namespace tailgate {

/// Where the members of a group wait for each other, any number of times. Everything that a member wrote before is
/// visible to all after.
class Barrier {
  public:
    explicit Barrier(uint32_t members) : members_(members) {}

    void wait() {
        if (members_ == 1) return;
        uint32_t round = round_.load(std::memory_order_relaxed);
        if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_) {
            arrived_.store(0, std::memory_order_relaxed);
            round_.fetch_add(1, std::memory_order_acq_rel);
            wake_all(round_);
        } else {
            wait_while(round_, round, kSpins);
        }
    }

  private:
    static constexpr int kSpins = 4000;  // up to about 0.2 ms, a slow layer's imbalance

    const uint32_t members_;
    std::atomic<uint32_t> arrived_{0};
    std::atomic<uint32_t> round_{0};
};

}  // namespace tailgate
