// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "arena.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>

#include "../conv/conv_shape.h"
#include "../pool/status_error.h"
#include "memory_facts.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace tailgate {
namespace {

constexpr size_t kHugePage = 2 << 20;
constexpr size_t kChunk = 64 << 20;  // reserved, not resident: pages come when they are touched
constexpr int kBind = 2;             // MPOL_BIND of linux/mempolicy.h, which is not everywhere

#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kGap = kAlignment;  // after each allocation, so that AddressSanitizer sees who goes beyond its own
void forbid(void* begin, size_t bytes) { __asan_poison_memory_region(begin, bytes); }
void permit(void* begin, size_t bytes) { __asan_unpoison_memory_region(begin, bytes); }
#else
constexpr size_t kGap = 0;
void forbid(void*, size_t) {}
void permit(void*, size_t) {}
#endif

size_t round_up(size_t bytes, size_t step) { return (bytes + step - 1) / step * step; }

/// Reserves `size` bytes at a multiple of `alignment`.
char* reserve(size_t size, size_t alignment) {
    void* all = mmap(
        nullptr, size + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    char* const first = static_cast<char*>(all);
    char* const begin = reinterpret_cast<char*>(round_up(reinterpret_cast<uintptr_t>(all), alignment));
    const auto before = (size_t)(begin - first);
    if (before > 0) munmap(first, before);
    munmap(begin + size, alignment - before);
    return begin;
}

}  // namespace

void check(const MemoryOptions& options) {
    if (options.huge_pages) require_huge_pages();
    if (options.node != MemoryOptions::kFirstTouch) require_node(options.node);
}

void MemoryUse::add(const MemoryUse& other) {
    resident_bytes += other.resident_bytes;
    huge_bytes += other.huge_bytes;
    for (const auto& [node, bytes] : other.on_nodes) on_nodes[node] += bytes;
}

Arena::~Arena() {
    for (const Chunk& chunk : chunks_) {
        permit(chunk.begin, chunk.size);
        munmap(chunk.begin, chunk.size);
    }
}

void* Arena::allocate(size_t bytes) {
    const size_t taken = round_up(bytes, kAlignment) + kGap;
    if (chunks_.empty() || chunks_.back().size - chunks_.back().used < taken) add_chunk(taken);
    Chunk& chunk = chunks_.back();
    void* memory = chunk.begin + chunk.used;
    chunk.used += taken;
    permit(memory, bytes);
    return memory;
}

void Arena::add_chunk(size_t bytes) {
    const size_t page = options_.huge_pages ? kHugePage : (size_t)sysconf(_SC_PAGESIZE);
    chunks_.reserve(chunks_.size() + 1);
    const size_t size = round_up(std::max(bytes, kChunk), page);
    const Chunk chunk{reserve(size, page), size, 0};
    chunks_.push_back(chunk);
    forbid(chunk.begin, chunk.size);
    if (options_.node != MemoryOptions::kFirstTouch) bind(chunk);
    if (options_.huge_pages && madvise(chunk.begin, chunk.size, MADV_HUGEPAGE) != 0) {
        throw system_error("madvise(MADV_HUGEPAGE) of " + std::to_string(chunk.size) + " bytes", errno);
    }
}

void Arena::bind(const Chunk& chunk) const {
    constexpr size_t kBits = 8 * sizeof(unsigned long);
    unsigned long nodes[1024 / kBits] = {};
    nodes[(size_t)options_.node / kBits] = 1ul << ((size_t)options_.node % kBits);
    // the kernel reads one bit less than it is told
    if (syscall(SYS_mbind, chunk.begin, chunk.size, kBind, nodes, sizeof nodes * 8 + 1, 0) != 0) {
        throw system_error("mbind of memory to NUMA node " + std::to_string(options_.node), errno);
    }
}

MemoryUse Arena::use() const {
    MemoryUse use;
    for (const Chunk& chunk : chunks_) add_residence(chunk.begin, chunk.used, use);
    for (const Chunk& chunk : chunks_) use.huge_bytes += huge_bytes_between(chunk.begin, chunk.begin + chunk.used);
    return use;
}

}  // namespace tailgate
