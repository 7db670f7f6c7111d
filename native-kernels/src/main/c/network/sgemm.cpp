// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "sgemm.h"

#include "random.h"

namespace tailgate {
namespace {

constexpr uint64_t kSeedA = 1, kSeedB = 2;

Buffer<float> random_matrix(size_t rows, size_t columns, uint64_t seed, Arena& arena) {
    Buffer<float> matrix(rows * columns, arena);
    Random random(seed);
    for (size_t i = 0; i < matrix.size(); i++) matrix[i] = random.normal();
    return matrix;
}

}  // namespace

Sgemm::Sgemm(
    int32_t m, int32_t n, int32_t k, const F32Kernels& kernels, ThreadPool& pool, const MemoryOptions& memory)
    : m_(m), n_(n), k_(k), kernels_(kernels), pool_(pool), arena_(memory),
      run_([this](int worker) { multiply_rows(worker); }) {
    pool_.run([this](int worker) {
        if (worker == 0) make_matrices();
    });
}

void Sgemm::make_matrices() {
    a_ = random_matrix((size_t)m_, (size_t)k_, kSeedA, arena_);
    b_ = random_matrix((size_t)k_, (size_t)n_, kSeedB, arena_);
    packed_b_ = Buffer<float>(kernels_.sgemm_packed_floats(n_, k_), arena_);
    c_ = Buffer<float>((size_t)m_ * (size_t)n_, arena_);
    kernels_.sgemm_pack(n_, k_, b_.data(), packed_b_.data());
}

void Sgemm::multiply_rows(int worker) {
    const auto begin = (int32_t)((int64_t)m_ * worker / pool_.size());
    const auto end = (int32_t)((int64_t)m_ * (worker + 1) / pool_.size());
    if (begin < end) kernels_.sgemm(begin, end, n_, k_, a_.data(), packed_b_.data(), c_.data());
}

}  // namespace tailgate
