// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What the kernel says of memory: whether there are huge pages and nodes, and where pages are.

#pragma once

#include <cstddef>
#include <cstdint>

#include "arena.h"

namespace tailgate {

/// Throws StatusError TG_UNSUPPORTED unless this kernel gives transparent huge pages to those who ask.
void require_huge_pages();

/// Throws StatusError TG_INVALID_ARGUMENT unless the node is online.
void require_node(int32_t node);

/// Adds the pages of [begin, begin + bytes) that are resident, by node. `begin` is the start of a page.
void add_residence(char* begin, size_t bytes, MemoryUse& use);

/// Bytes of transparent huge pages of mappings in [begin, end), of /proc/self/smaps.
int64_t huge_bytes_between(const char* begin, const char* end);

}  // namespace tailgate
