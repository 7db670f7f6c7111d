// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "cpu_mask.h"

#include <sched.h>

#include <cerrno>

#include "status_error.h"

namespace tailgate {
namespace {

constexpr size_t kBitsPerWord = 64;
constexpr size_t kMostWords = 1 << 14;  // a million CPUs; only stops a loop that cannot end

cpu_set_t* as_cpu_set(std::vector<uint64_t>& words) { return reinterpret_cast<cpu_set_t*>(words.data()); }

}  // namespace

std::vector<int32_t> allowed_cpus() {
    for (size_t words = 16; words <= kMostWords; words *= 2) {
        std::vector<uint64_t> mask(words);
        if (sched_getaffinity(0, words * sizeof(uint64_t), as_cpu_set(mask)) == 0) {
            std::vector<int32_t> cpus;
            for (size_t bit = 0; bit < words * kBitsPerWord; bit++) {
                if (mask[bit / kBitsPerWord] >> (bit % kBitsPerWord) & 1) cpus.push_back((int32_t)bit);
            }
            return cpus;
        }
        if (errno != EINVAL) break;  // EINVAL: the kernel's mask is longer than ours
    }
    throw system_error("sched_getaffinity(0)", errno);
}

void pin_to(int32_t cpu) {
    std::vector<uint64_t> mask((size_t)cpu / kBitsPerWord + 1);
    mask[(size_t)cpu / kBitsPerWord] = uint64_t{1} << ((size_t)cpu % kBitsPerWord);
    if (sched_setaffinity(0, mask.size() * sizeof(uint64_t), as_cpu_set(mask)) != 0) {
        StatusError cause = system_error("sched_setaffinity to CPU " + std::to_string(cpu), errno);
        throw StatusError(TG_CPU_NOT_ALLOWED, cause.what());
    }
    std::vector<int32_t> found = allowed_cpus();
    if (found != std::vector<int32_t>{cpu}) {
        throw StatusError(
            TG_PINNING_FAILED, "a pool thread was pinned to CPU " + std::to_string(cpu) + ", but its mask reads back as " +
                                   cpu_list(found) + "; does something else set affinities in this process?");
    }
}

std::string cpu_list(const std::vector<int32_t>& ascending) {
    std::string list;
    for (size_t i = 0; i < ascending.size();) {
        size_t end = i + 1;
        while (end < ascending.size() && ascending[end] == ascending[end - 1] + 1) end++;
        list += (list.empty() ? "" : ",") + std::to_string(ascending[i]);
        if (end - i > 1) list += "-" + std::to_string(ascending[end - 1]);
        i = end;
    }
    return list;
}

}  // namespace tailgate
