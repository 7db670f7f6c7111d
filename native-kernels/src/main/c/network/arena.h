// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Memory for weights, activations and matrices, in chunks that a thread takes from front to back. Each worker has an
// arena of its own: what it asks for, it touches first, so that its pages are on its own NUMA node unless another one is
// asked for, and share no page, however large, with what another worker reads.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace tailgate {

struct MemoryOptions {
    static constexpr int32_t kFirstTouch = -1;

    bool huge_pages = false;     ///< asks for transparent huge pages; memory that is too small for one has none
    int32_t node = kFirstTouch;  ///< NUMA node of all memory
};

/// Throws StatusError: TG_UNSUPPORTED where this kernel has no huge pages or an administrator forbids them,
/// TG_INVALID_ARGUMENT for a node that is not there.
void check(const MemoryOptions& options);

/// Where memory is, as the kernel says.
struct MemoryUse {
    int64_t resident_bytes = 0;
    int64_t huge_bytes = 0;               ///< of those, on transparent huge pages
    std::map<int32_t, int64_t> on_nodes;  ///< bytes by NUMA node

    void add(const MemoryUse& other);
};

/// Not for use by several threads.
class Arena {
  public:
    explicit Arena(const MemoryOptions& options) : options_(options) {}
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    /// Zeroed bytes, aligned to kAlignment, that live as long as the arena, on pages that nobody touched yet. Throws
    /// std::bad_alloc, or StatusError TG_SYSTEM if the kernel refuses the node.
    void* allocate(size_t bytes);

    /// Throws StatusError TG_SYSTEM if the kernel does not tell.
    MemoryUse use() const;

  private:
    struct Chunk {
        char* begin;
        size_t size;
        size_t used;
    };

    void add_chunk(size_t bytes);
    void bind(const Chunk& chunk) const;

    const MemoryOptions options_;
    std::vector<Chunk> chunks_;
};

}  // namespace tailgate
