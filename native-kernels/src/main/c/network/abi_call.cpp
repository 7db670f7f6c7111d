// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "abi_call.h"

#include <algorithm>

#include "../dispatch/isa.h"
#include "../pool/cpu_mask.h"

namespace tailgate {

static thread_local std::string last_error;

tg_status fail(tg_status status, const char* message) noexcept {
    try {
        last_error = message;
    } catch (const std::bad_alloc&) {
        last_error.clear();  // the status alone must do
    }
    return status;
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

std::vector<int32_t> checked_cpus(const int32_t* cpus, int32_t count) {
    require_range("cpu_count", count, 1, INT32_MAX);
    require_pointer("cpus", cpus);
    return std::vector<int32_t>(cpus, cpus + count);
}

MemoryOptions checked_memory(int32_t huge_pages, int32_t node) {
    constexpr int32_t kMostNodes = 1024;  // as Linux can be configured
    require_range("huge_pages", huge_pages, 0, 1);
    require_range("memory_node", node, MemoryOptions::kFirstTouch, kMostNodes - 1);
    const MemoryOptions options{huge_pages == 1, node};
    check(options);
    return options;
}

tg_memory as_reported(const MemoryUse& use) {
    tg_memory reported{use.resident_bytes, use.huge_bytes, {}, 0};
    constexpr auto kNodes = (int32_t)(sizeof reported.on_node / sizeof reported.on_node[0]);
    for (const auto& [node, bytes] : use.on_nodes) {
        (node < kNodes ? reported.on_node[node] : reported.elsewhere) += bytes;
    }
    return reported;
}

}  // namespace tailgate

using namespace tailgate;

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
        case TG_FORKED: return "a child of fork() has none of the parent's threads";
        default: return "not a status of libtailgate_kernels";
    }
}

const char* tg_last_error(void) { return last_error.c_str(); }

int32_t tg_isa_supported(int32_t isa, int32_t precision) {
    if (isa < TG_ISA_BEST || isa > TG_ISA_NEON || precision < TG_FP32 || precision > TG_INT8) return 0;
    return isa_supported(static_cast<tg_isa>(isa), static_cast<tg_precision>(precision)) ? 1 : 0;
}

tg_status tg_allowed_cpus(int32_t* cpus, int32_t capacity, int32_t* count) {
    return guarded([&] {
        require_range("capacity", capacity, 0, INT32_MAX);
        require_pointer("count", count);
        if (capacity > 0) require_pointer("cpus", cpus);
        const auto allowed = allowed_cpus();
        std::copy_n(allowed.begin(), std::min<size_t>(allowed.size(), (size_t)capacity), cpus);
        *count = (int32_t)allowed.size();
    });
}
