// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What every call of the C ABI does: check what the caller gave, turn exceptions into a status, and let one caller at a
// time into a handle.

#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "../include/tailgate_kernels.h"
#include "../pool/status_error.h"
#include "../pool/thread_pool.h"
#include "arena.h"

namespace tailgate {

/// At most one call at a time changes a handle.
class Gate {
  public:
    bool enter() { return !busy_.test_and_set(std::memory_order_acquire); }
    void leave() { busy_.clear(std::memory_order_release); }

  private:
    std::atomic_flag busy_ = ATOMIC_FLAG_INIT;
};

/// Keeps the sentence for tg_last_error() and returns the status.
tg_status fail(tg_status status, const char* message) noexcept;

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
    } catch (...) {
        return fail(TG_INTERNAL, "an exception that is no std::exception");
    }
}

/// These throw TG_INVALID_ARGUMENT with a sentence.
void require(bool condition, const std::string& message);
void require_range(const char* name, int64_t found, int64_t least, int64_t most);
void require_not_null(const char* name, const void* pointer);
std::vector<int32_t> checked_cpus(const int32_t* cpus, int32_t count);

/// Throws as check(MemoryOptions) does, too.
MemoryOptions checked_memory(int32_t huge_pages, int32_t node);

tg_memory as_reported(const MemoryUse& use);

/// Neither NULL nor misaligned.
template <typename T>
void require_pointer(const char* name, const T* pointer) {
    require_not_null(name, pointer);
    require(
        reinterpret_cast<uintptr_t>(pointer) % alignof(T) == 0,
        std::string(name) + " must be aligned to " + std::to_string(alignof(T)) + " bytes");
}

template <typename T>
void require_array(const char* name, const T* values, int64_t found, int64_t wanted) {
    require_pointer(name, values);
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
tg_status destroy(Handle* handle) noexcept {
    if (handle == nullptr) return TG_OK;
    if (!handle->gate.enter()) return fail(TG_BUSY, "another thread is using this handle; destroy it afterwards");
    delete handle;
    return TG_OK;
}

template <typename Handle>
tg_status thread_ids(const char* name, const Handle* handle, int64_t* ids, int32_t count) noexcept {
    return guarded([&] {
        require_not_null(name, handle);
        require_array("ids", ids, count, handle->pool->size());
        for (pid_t id : handle->pool->thread_ids()) *ids++ = id;
    });
}

}  // namespace tailgate
