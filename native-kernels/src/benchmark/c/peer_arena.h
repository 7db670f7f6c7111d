// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Memory of a peer: on huge pages where the kernel gives them, touched first by the thread that asks for it. What
// oneDNN allocates by itself lies on small pages, a new buffer for each layer, and costs it several percent.

#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

namespace tailgate::benchmark {

class PeerArena {
  public:
    PeerArena() = default;
    PeerArena(const PeerArena&) = delete;
    PeerArena& operator=(const PeerArena&) = delete;
    ~PeerArena() {
        for (auto& block : blocks_) munmap(block.first, block.second);
    }

    /// Zeroed, aligned to 4 KiB.
    void* take(size_t bytes) {
        const size_t wanted = round_up(bytes, kSmallPage);
        if (wanted > left_) grow(std::max(wanted, kLeastBlock));
        void* taken = next_;
        next_ += wanted;
        left_ -= wanted;
        return taken;
    }

  private:
    static constexpr size_t kSmallPage = 4096, kHugePage = size_t{2} << 20, kLeastBlock = size_t{32} << 20;

    static size_t round_up(size_t bytes, size_t step) { return (bytes + step - 1) / step * step; }

    void grow(size_t bytes) {
        const size_t used = round_up(bytes, kHugePage), mapped = used + kHugePage;
        void* block = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) throw std::bad_alloc();
        blocks_.emplace_back(block, mapped);
        next_ = reinterpret_cast<char*>(round_up(reinterpret_cast<size_t>(block), kHugePage));
        left_ = used;
        madvise(next_, used, MADV_HUGEPAGE);  // refused where the kernel has none: small pages then
        std::memset(next_, 0, used);
    }

    std::vector<std::pair<void*, size_t>> blocks_;
    char* next_ = nullptr;
    size_t left_ = 0;
};

}  // namespace tailgate::benchmark
