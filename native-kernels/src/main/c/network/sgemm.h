// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../conv/f32_kernels.h"
#include "../pool/thread_pool.h"
#include "buffer.h"

namespace tailgate {

/// C[m][n] = A[m][k] * B[k][n] on seeded matrices, its rows split over the pool. Its first worker touches all memory
/// first.
class Sgemm {
  public:
    Sgemm(
        int32_t m, int32_t n, int32_t k, const F32Kernels& kernels, ThreadPool& pool, const MemoryOptions& memory);

    void run() { pool_.run(run_); }

    MemoryUse memory() const { return arena_.use(); }

    const Buffer<float>& a() const { return a_; }
    const Buffer<float>& b() const { return b_; }
    const Buffer<float>& c() const { return c_; }

  private:
    void make_matrices();
    void multiply_rows(int worker);

    const int32_t m_, n_, k_;
    const F32Kernels& kernels_;
    ThreadPool& pool_;
    Arena arena_;
    Buffer<float> a_, b_, packed_b_, c_;
    const ThreadPool::Job run_;
};

}  // namespace tailgate
