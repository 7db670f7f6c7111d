// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The C ABI: checks what the caller gave, turns exceptions into a status, and lets one caller at a time in.

#include <atomic>
#include <memory>
#include <string>

#include "../dispatch/isa.h"
#include "../include/tailgate_kernels.h"
#include "../pool/cpu_mask.h"
#include "../pool/status_error.h"
#include "f32_network.h"
#include "int8_network.h"
#include "quantisation.h"
#include "sgemm.h"

using namespace tailgate;

/// At most one call at a time changes a handle.
class Gate {
  public:
    bool enter() { return !busy_.test_and_set(std::memory_order_acquire); }
    void leave() { busy_.clear(std::memory_order_release); }

  private:
    std::atomic_flag busy_ = ATOMIC_FLAG_INIT;
};

struct tg_network {
    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Network> network;
    mutable Gate gate;
};

struct tg_sgemm {
    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Sgemm> sgemm;
    mutable Gate gate;
};

namespace {

constexpr int32_t kLargestBatch = 1024;
constexpr int32_t kPublishedImageSize = 224;
constexpr int32_t kImageSizeStep = 32;  // the network halves the image five times
constexpr int32_t kLargestSide = 65536;
constexpr int64_t kLargestMatrix = INT32_MAX;

thread_local std::string last_error;

tg_status fail(tg_status status, const char* message) noexcept {
    try {
        last_error = message;
    } catch (const std::bad_alloc&) {
        last_error.clear();  // the status alone must do
    }
    return status;
}

template <typename Body>
tg_status guarded(Body body) noexcept {
    try {
        body();
        return TG_OK;
    } catch (const StatusError& e) {
        return fail(e.status(), e.what());
    } catch (const std::bad_alloc&) {
        return fail(TG_OUT_OF_MEMORY, "out of memory; a smaller batch needs less");
    } catch (const std::exception& e) {
        return fail(TG_INTERNAL, e.what());
    }
}

void require(bool condition, const std::string& message) {
    if (!condition) throw StatusError(TG_INVALID_ARGUMENT, message);
}

void require_range(const char* name, int64_t found, int64_t least, int64_t most) {
    require(
        found >= least && found <= most, std::string(name) + " must be " + std::to_string(least) + " to " +
                                             std::to_string(most) + ", but is " + std::to_string(found));
}

void require_not_null(const char* name, const void* pointer) {
    require(pointer != nullptr, std::string(name) + " is NULL");
}

template <typename T>
void require_array(const char* name, const T* values, int64_t found, int64_t wanted) {
    require_not_null(name, values);
    require(
        reinterpret_cast<uintptr_t>(values) % alignof(T) == 0,
        std::string(name) + " must be aligned to " + std::to_string(alignof(T)) + " bytes");
    require(
        found == wanted, std::string(name) + " must have " + std::to_string(wanted) + " elements, but has " +
                             std::to_string(found));
}

/// Runs `body` as the only one in the handle.
template <typename Handle, typename Body>
tg_status alone(const char* name, Handle* handle, Body body) noexcept {
    return guarded([&] {
        require_not_null(name, handle);
        if (!handle->gate.enter()) {
            throw StatusError(TG_BUSY, std::string("another thread is using this ") + name +
                                           "; wait for it, or give each thread one of its own");
        }
        struct Leave {
            Gate& gate;
            ~Leave() { gate.leave(); }
        } leave{handle->gate};
        body();
    });
}

/// Deletes the handle if nobody is in it; it stays closed for whoever comes later in the same call.
template <typename Handle>
tg_status destroy(const char* name, Handle* handle) noexcept {
    if (handle == nullptr) return TG_OK;
    if (!handle->gate.enter()) {
        return fail(TG_BUSY, (std::string("another thread is using this ") + name + "; destroy it afterwards").c_str());
    }
    delete handle;
    return TG_OK;
}

std::vector<int32_t> checked_cpus(const int32_t* cpus, int32_t count) {
    require_range("cpu_count", count, 1, INT32_MAX);
    require_not_null("cpus", cpus);
    return std::vector<int32_t>(cpus, cpus + count);
}

void check(const tg_network_options& options) {
    require_range("precision", options.precision, TG_FP32, TG_INT8);
    require_range("algorithm", options.algorithm, TG_AUTO, TG_WINOGRAD);
    require_range("isa", options.isa, TG_ISA_BEST, TG_ISA_AMX);
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
        "Winograd was asked for in INT8, which has only the direct algorithm; take DIRECT or AUTO");
}

std::unique_ptr<tg_network> build(const tg_network_options& wanted) {
    check(wanted);
    const auto cpus = checked_cpus(wanted.cpus, wanted.cpu_count);
    const NetworkOptions options{
        static_cast<tg_algorithm>(wanted.algorithm), static_cast<tg_isa>(wanted.isa), wanted.batch, wanted.image_size,
        wanted.width_divisor};
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

template <typename Handle>
tg_status thread_ids(const char* name, const Handle* handle, int64_t* ids, int32_t count) noexcept {
    return guarded([&] {
        require_not_null(name, handle);
        require_array("ids", ids, count, handle->pool->size());
        for (pid_t id : handle->pool->thread_ids()) *ids++ = id;
    });
}

}  // namespace

const char* tg_status_text(int32_t status) {
    switch (status) {
        case TG_OK: return "ok";
        case TG_INVALID_ARGUMENT: return "an argument is not valid";
        case TG_CPU_NOT_ALLOWED: return "a CPU does not exist or may not be used by this process";
        case TG_PINNING_FAILED: return "a thread could not be kept on its CPU";
        case TG_UNSUPPORTED: return "the instruction set asked for is not there";
        case TG_BUSY: return "another thread is using it";
        case TG_OUT_OF_MEMORY: return "out of memory";
        case TG_SYSTEM: return "a system call failed";
        case TG_INTERNAL: return "a defect of libtailgate_kernels";
        default: return "not a status of libtailgate_kernels";
    }
}

const char* tg_last_error(void) { return last_error.c_str(); }

int32_t tg_isa_supported(int32_t isa, int32_t precision) {
    if (isa < TG_ISA_BEST || isa > TG_ISA_AMX || precision < TG_FP32 || precision > TG_INT8) return 0;
    return isa_supported(static_cast<tg_isa>(isa), static_cast<tg_precision>(precision)) ? 1 : 0;
}

tg_status tg_allowed_cpus(int32_t* cpus, int32_t capacity, int32_t* count) {
    return guarded([&] {
        require_range("capacity", capacity, 0, INT32_MAX);
        require_not_null("count", count);
        if (capacity > 0) require_not_null("cpus", cpus);
        const auto allowed = allowed_cpus();
        std::copy_n(allowed.begin(), std::min<size_t>(allowed.size(), (size_t)capacity), cpus);
        *count = (int32_t)allowed.size();
    });
}

tg_status tg_network_create(const tg_network_options* options, tg_network** network) {
    return guarded([&] {
        require_not_null("network", network);
        *network = nullptr;
        require_not_null("options", options);
        *network = build(*options).release();
    });
}

tg_status tg_network_destroy(tg_network* network) { return destroy("network", network); }

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

tg_status tg_network_thread_ids(const tg_network* network, int64_t* ids, int32_t count) {
    return thread_ids("network", network, ids, count);
}

tg_status tg_sgemm_create(
    int32_t m, int32_t n, int32_t k, int32_t isa, const int32_t* cpus, int32_t cpu_count, tg_sgemm** sgemm) {
    return guarded([&] {
        require_not_null("sgemm", sgemm);
        *sgemm = nullptr;
        require_range("m", m, 1, kLargestSide);
        require_range("n", n, 1, kLargestSide);
        require_range("k", k, 1, kLargestSide);
        require_range("elements of A", (int64_t)m * k, 1, kLargestMatrix);
        require_range("elements of B", (int64_t)k * n, 1, kLargestMatrix);
        require_range("elements of C", (int64_t)m * n, 1, kLargestMatrix);
        require_range("isa", isa, TG_ISA_BEST, TG_ISA_AMX);
        const F32Kernels& kernels = f32_kernels(static_cast<tg_isa>(isa));
        auto built = std::make_unique<tg_sgemm>();
        built->pool = std::make_unique<ThreadPool>(checked_cpus(cpus, cpu_count));
        built->sgemm = std::make_unique<Sgemm>(m, n, k, kernels, *built->pool);
        *sgemm = built.release();
    });
}

tg_status tg_sgemm_destroy(tg_sgemm* sgemm) { return destroy("sgemm", sgemm); }

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

tg_status tg_sgemm_thread_ids(const tg_sgemm* sgemm, int64_t* ids, int32_t count) {
    return thread_ids("sgemm", sgemm, ids, count);
}
