// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of the C ABI about networks.

#include <memory>

#include "../dispatch/isa.h"
#include "../pool/thread_usage.h"
#include "abi_call.h"
#include "f32_network.h"
#include "int8_network.h"
#include "quantisation.h"

using namespace tailgate;

struct tg_network {
    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Network> network;
    mutable Gate gate;
};

namespace {

#if UINTPTR_MAX == UINT64_MAX
// io.tailgate.kernels.WorkerCounters reads its structure as nine numbers, MemoryUse as 67.
static_assert(sizeof(tg_worker_counters) == 9 * sizeof(int64_t) && sizeof(tg_memory) == 67 * sizeof(int64_t));
// io.tailgate.kernels.NetworkOptions writes the structure by these numbers.
static_assert(sizeof(tg_network_options) == 48 && offsetof(tg_network_options, cpus) == 40);
#endif

constexpr int32_t kLargestBatch = 1024;
constexpr int32_t kPublishedImageSize = 224;
constexpr int32_t kImageSizeStep = 32;  // the network halves the image five times

void check(const tg_network_options& options) {
    require_range("precision", options.precision, TG_FP32, TG_INT8);
    require_range("algorithm", options.algorithm, TG_AUTO, TG_WINOGRAD);
    require_range("isa", options.isa, TG_ISA_BEST, TG_ISA_NEON);
    require_range("batch", options.batch, 1, kLargestBatch);
    require_range("image_size", options.image_size, kImageSizeStep, kPublishedImageSize);
    require(
        options.image_size % kImageSizeStep == 0,
        "image_size must be a multiple of 32, but is " + std::to_string(options.image_size));
    require(
        options.width_divisor == 1 || options.width_divisor == 2 || options.width_divisor == 4,
        "width_divisor must be 1, 2 or 4, but is " + std::to_string(options.width_divisor));
    require(
        options.precision == TG_FP32 || options.algorithm != TG_WINOGRAD,
        "Winograd was asked for in INT8, whose kernels choose by themselves; take DIRECT or AUTO");
}

std::unique_ptr<tg_network> build(const tg_network_options& wanted) {
    check(wanted);
    const auto cpus = checked_cpus(wanted.cpus, wanted.cpu_count);
    const NetworkOptions options{
        static_cast<tg_algorithm>(wanted.algorithm), static_cast<tg_isa>(wanted.isa), wanted.batch, wanted.image_size,
        wanted.width_divisor, checked_memory(wanted.huge_pages, wanted.memory_node)};
    auto built = std::make_unique<tg_network>();
    if (wanted.precision == TG_FP32) {
        const F32Kernels& kernels = f32_kernels(options.isa);
        built->pool = std::make_unique<ThreadPool>(cpus);
        built->network = std::make_unique<F32Network>(options, kernels, *built->pool);
    } else {
        const Int8Kernels& kernels = int8_kernels(options.isa);
        built->pool = std::make_unique<ThreadPool>(cpus, kernels.thread_begin, kernels.thread_end);
        built->network =
            std::make_unique<Int8Network>(options, kernels, *built->pool, calibrate(options, *built->pool));
    }
    return built;
}

const Layer* layer_of(const tg_network* network, int32_t layer) {
    if (network == nullptr || layer < 0 || layer >= tg_network_layer_count(network)) return nullptr;
    return &network->network->layers()[(size_t)layer];
}

int64_t input_elements(const tg_network& network) {
    return (int64_t)network.network->image_elements() * network.network->batch();
}

template <typename Pixel>
tg_status set_input(tg_network* network, const Pixel* pixels, int64_t count) noexcept {
    return alone("network", network, [&] {
        require_array("pixels", pixels, count, input_elements(*network));
        network->network->set_input(pixels);
    });
}

}  // namespace

tg_status tg_network_create(const tg_network_options* options, tg_network** network) {
    return guarded([&] {
        require_pointer("network", network);
        *network = nullptr;
        require_pointer("options", options);
        *network = build(*options).release();
    });
}

tg_status tg_network_destroy(tg_network* network) { return destroy(network); }

tg_status tg_network_run(tg_network* network) {
    return alone("network", network, [&] { network->network->run(); });
}

tg_status tg_network_run_layer(tg_network* network, int32_t layer) {
    return alone("network", network, [&] {
        require_range("layer", layer, 0, tg_network_layer_count(network) - 1);
        network->network->run_layer(layer);
    });
}

int32_t tg_network_layer_count(const tg_network* network) {
    return network == nullptr ? 0 : (int32_t)network->network->layers().size();
}

const char* tg_network_layer_name(const tg_network* network, int32_t layer) {
    const Layer* found = layer_of(network, layer);
    return found == nullptr ? nullptr : found->name.c_str();
}

const char* tg_network_layer_shape(const tg_network* network, int32_t layer) {
    const Layer* found = layer_of(network, layer);
    return found == nullptr ? nullptr : found->shape_text.c_str();
}

double tg_network_layer_flops(const tg_network* network, int32_t layer) {
    const Layer* found = layer_of(network, layer);
    return found == nullptr ? 0 : found->flops() * network->network->lane_count();
}

const char* tg_network_isa_name(const tg_network* network) {
    return network == nullptr ? nullptr : network->network->isa_name();
}

tg_status tg_network_set_input_u8(tg_network* network, const uint8_t* pixels, int64_t count) {
    return set_input(network, pixels, count);
}

tg_status tg_network_set_input_f32(tg_network* network, const float* pixels, int64_t count) {
    return set_input(network, pixels, count);
}

tg_status tg_network_logits(const tg_network* network, float* logits, int64_t count) {
    return alone("network", network, [&] {
        require_array("logits", logits, count, (int64_t)network->network->batch() * kClasses);
        network->network->copy_logits(logits);
    });
}

tg_status tg_network_memory(const tg_network* network, tg_memory* memory) {
    return alone("network", network, [&] {
        require_pointer("memory", memory);
        *memory = as_reported(network->network->memory());
    });
}

tg_status tg_network_thread_ids(const tg_network* network, int64_t* ids, int32_t count) {
    return thread_ids("network", network, ids, count);
}

tg_status tg_network_worker_counters(tg_network* network, tg_worker_counters* counters, int32_t count) {
    return alone("network", network, [&] {
        ThreadPool& pool = *network->pool;
        require_array("counters", counters, count, pool.size());
        const std::vector<pid_t> ids = pool.thread_ids();
        pool.run([&](int worker) {
            const WorkerCounters& own = pool.counters(worker);
            const ThreadUsage usage = usage_of_this_thread();
            counters[worker] = {
                ids[(size_t)worker], pool.cpu(worker), own.rounds, own.busy_ns, own.waiting_ns, usage.run_delay_ns,
                usage.voluntary_switches, usage.involuntary_switches, usage.minor_faults};
        });
    });
}
