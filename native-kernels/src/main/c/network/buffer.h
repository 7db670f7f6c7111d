// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "../conv/conv_shape.h"

namespace tailgate {

/// Readable bytes after the end of each buffer: tiles read whole registers (int8_kernels.h).
constexpr size_t kReadableTail = 256;

/// Zeroed memory, aligned for every kernel. It is the calling thread that touches it first, so that the pages land on
/// that thread's NUMA node.
template <typename T>
class Buffer {
  public:
    Buffer() = default;
    explicit Buffer(size_t size) : size_(size) {
        size_t bytes = (size * sizeof(T) + kReadableTail + kAlignment - 1) / kAlignment * kAlignment;
        data_.reset(static_cast<T*>(std::aligned_alloc(kAlignment, bytes)));
        if (!data_) throw std::bad_alloc();
        std::memset(static_cast<void*>(data_.get()), 0, bytes);
    }

    T* data() { return data_.get(); }
    const T* data() const { return data_.get(); }
    size_t size() const { return size_; }
    T& operator[](size_t i) { return data_.get()[i]; }
    const T& operator[](size_t i) const { return data_.get()[i]; }

  private:
    struct Free {
        void operator()(T* data) const { std::free(data); }
    };
    std::unique_ptr<T, Free> data_;
    size_t size_ = 0;
};

}  // namespace tailgate
