// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstring>

#include "arena.h"

namespace tailgate {

/// Readable bytes after the end of each buffer: tiles read whole registers (int8_kernels.h).
constexpr size_t kReadableTail = 256;

/// Zeroed memory of an arena, aligned for every kernel. It is the calling thread that touches it first, so that the
/// pages land on that thread's NUMA node unless the arena has one of its own.
template <typename T>
class Buffer {
  public:
    Buffer() = default;
    Buffer(size_t size, Arena& arena) : size_(size) {
        const size_t bytes = size * sizeof(T) + kReadableTail;
        data_ = static_cast<T*>(arena.allocate(bytes));
        std::memset(static_cast<void*>(data_), 0, bytes);
    }

    T* data() { return data_; }
    const T* data() const { return data_; }
    size_t size() const { return size_; }
    T& operator[](size_t i) { return data_[i]; }
    const T& operator[](size_t i) const { return data_[i]; }

  private:
    T* data_ = nullptr;
    size_t size_ = 0;
};

}  // namespace tailgate
