// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of the C ABI about matrix products.

#include <algorithm>
#include <memory>

#include "../dispatch/isa.h"
#include "abi_call.h"
#include "sgemm.h"

using namespace tailgate;

struct tg_sgemm {
    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Sgemm> sgemm;
    mutable Gate gate;
};

namespace {

constexpr int32_t kLargestSide = 65536;
constexpr int64_t kLargestMatrix = INT32_MAX;

}  // namespace

tg_status tg_sgemm_create(
    int32_t m, int32_t n, int32_t k, int32_t isa, int32_t huge_pages, int32_t memory_node, const int32_t* cpus,
    int32_t cpu_count, tg_sgemm** sgemm) {
    return guarded([&] {
        require_pointer("sgemm", sgemm);
        *sgemm = nullptr;
        require_range("m", m, 1, kLargestSide);
        require_range("n", n, 1, kLargestSide);
        require_range("k", k, 1, kLargestSide);
        require_range("elements of A", (int64_t)m * k, 1, kLargestMatrix);
        require_range("elements of B", (int64_t)k * n, 1, kLargestMatrix);
        require_range("elements of C", (int64_t)m * n, 1, kLargestMatrix);
        require_range("isa", isa, TG_ISA_BEST, TG_ISA_NEON);
        const F32Kernels& kernels = f32_kernels(static_cast<tg_isa>(isa));
        const MemoryOptions memory = checked_memory(huge_pages, memory_node);
        auto built = std::make_unique<tg_sgemm>();
        built->pool = std::make_unique<ThreadPool>(checked_cpus(cpus, cpu_count));
        built->sgemm = std::make_unique<Sgemm>(m, n, k, kernels, *built->pool, memory);
        *sgemm = built.release();
    });
}

tg_status tg_sgemm_destroy(tg_sgemm* sgemm) { return destroy(sgemm); }

tg_status tg_sgemm_run(tg_sgemm* sgemm) {
    return alone("sgemm", sgemm, [&] { sgemm->sgemm->run(); });
}

tg_status tg_sgemm_matrix(const tg_sgemm* sgemm, int32_t matrix, float* values, int64_t count) {
    return alone("sgemm", sgemm, [&] {
        require_range("matrix", matrix, 0, 2);
        const Sgemm& of = *sgemm->sgemm;
        const Buffer<float>& wanted = matrix == 0 ? of.a() : matrix == 1 ? of.b() : of.c();
        require_array("values", values, count, (int64_t)wanted.size());
        std::copy_n(wanted.data(), wanted.size(), values);
    });
}

tg_status tg_sgemm_memory(const tg_sgemm* sgemm, tg_memory* memory) {
    return alone("sgemm", sgemm, [&] {
        require_pointer("memory", memory);
        *memory = as_reported(sgemm->sgemm->memory());
    });
}

tg_status tg_sgemm_thread_ids(const tg_sgemm* sgemm, int64_t* ids, int32_t count) {
    return thread_ids("sgemm", sgemm, ids, count);
}
