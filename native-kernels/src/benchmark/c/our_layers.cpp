// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include <chrono>
#include <memory>
#include <utility>

#include "dispatch/isa.h"
#include "model.h"
#include "network/abi_call.h"
#include "network/f32_network.h"
#include "network/int8_network.h"

using namespace tailgate;
using namespace tailgate::benchmark;

struct tgb_ours {
    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Network> network;
};

namespace {

/// Huge pages, as the peers' buffers have them; none where the kernel has none.
MemoryOptions memory_of_all() {
    MemoryOptions memory;
    memory.huge_pages = true;
    try {
        check(memory);
        return memory;
    } catch (const StatusError&) {
        return {};
    }
}

using Clock = std::chrono::steady_clock;

std::unique_ptr<tgb_ours> build(const tgb_model& model, const NetworkOptions& options, const std::vector<int32_t>& cpus) {
    auto ours = std::make_unique<tgb_ours>();
    if (model.precision == TG_FP32) {
        ours->pool = std::make_unique<ThreadPool>(cpus);
        ours->network = std::make_unique<F32Network>(options, f32_kernels(options.isa), *ours->pool);
    } else {
        const Int8Kernels& kernels = int8_kernels(options.isa);
        ours->pool = std::make_unique<ThreadPool>(cpus, kernels.thread_begin, kernels.thread_end);
        ours->network = std::make_unique<Int8Network>(options, kernels, *ours->pool, model.scales);
    }
    return ours;
}

}  // namespace

tg_status tgb_ours_create(
    const tgb_model* model, int32_t algorithm, int32_t isa, const int32_t* cpus, int32_t cpu_count, tgb_ours** ours) {
    return guarded([&] {
        require_not_null("model", model);
        const NetworkOptions options{
            static_cast<tg_algorithm>(algorithm), static_cast<tg_isa>(isa), model->batch, kImageSize, 1,
            memory_of_all()};
        *ours = build(*model, options, checked_cpus(cpus, cpu_count)).release();
    });
}

void tgb_ours_destroy(tgb_ours* ours) { delete ours; }

tg_status tgb_ours_layer_times(tgb_ours* ours, double* milliseconds, int32_t count) {
    return guarded([&] {
        const auto workers = (size_t)ours->pool->size();
        std::vector<Clock::time_point> last(workers, Clock::now());
        std::vector<std::vector<double>> times(workers, std::vector<double>((size_t)count));
        ours->network->run_observed([&](const Member& member, int layer) {
            const auto now = Clock::now(), before = std::exchange(last[(size_t)member.worker], now);
            times[(size_t)member.worker][(size_t)layer] = std::chrono::duration<double, std::milli>(now - before).count();
        });
        for (int32_t layer = 0; layer < count; layer++) {
            milliseconds[layer] = 0;
            for (auto& of_worker : times) milliseconds[layer] += of_worker[(size_t)layer] / (double)workers;
        }
    });
}
