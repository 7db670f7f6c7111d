// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The threads of oneDNN in its two ways to use several CPUs. OpenMP's are bound by hand: OMP_PROC_BIND would pin the
// Java thread that loads the library, and every thread that the JVM starts from it.

#pragma once

#include <memory>

#include "benchmark_abi.h"
#include "pool/thread_pool.h"

namespace tailgate::benchmark {

/// Each thread of a team runs an instance of its own.
class OneDnnTeam {
  public:
    OneDnnTeam(tgb_threading threading, const std::vector<int32_t>& cpus);

    ThreadPool& threads() { return *threads_; }
    int size() const { return threads_->size(); }

  private:
    std::shared_ptr<ThreadPool> threads_;
};

}  // namespace tailgate::benchmark
