// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "memory_facts.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "../pool/status_error.h"

namespace tailgate {
namespace {

constexpr const char* kHugePages = "/sys/kernel/mm/transparent_hugepage/enabled";
constexpr const char* kNodes = "/sys/devices/system/node/online";

// C's files: the C++ streams would add a megabyte of locales to the library, which has its C++ run-time inside.
struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// The first line; empty if there is no such file.
std::string line_of(const char* name) {
    char line[4096] = "";
    const File file(std::fopen(name, "re"));
    if (file == nullptr || std::fgets(line, sizeof line, file.get()) == nullptr) return "";
    std::string text(line);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

/// Whether a list such as "0-1,3" has the number.
bool has(const std::string& list, int32_t number) {
    for (const char* at = list.c_str(); at != nullptr && *at != '\0'; at = std::strchr(at, ',')) {
        if (*at == ',') at++;
        int32_t first = 0, last = 0;
        const int read = std::sscanf(at, "%d-%d", &first, &last);
        if (read >= 1 && number >= first && number <= (read == 2 ? last : first)) return true;
    }
    return false;
}

}  // namespace

void require_huge_pages() {
    const std::string mode = line_of(kHugePages);
    if (mode.empty()) {
        throw StatusError(
            TG_UNSUPPORTED, std::string("huge pages were asked for, but this kernel has no transparent ones (no ") +
                                kHugePages + "); leave them out");
    }
    if (mode.find("[never]") != std::string::npos) {
        throw StatusError(
            TG_UNSUPPORTED, std::string("huge pages were asked for, but ") + kHugePages + " is \"" + mode +
                                "\"; write madvise there, as root, or leave them out");
    }
}

void require_node(int32_t node) {
    const std::string online = line_of(kNodes);
    if (!has(online, node)) {
        throw StatusError(
            TG_INVALID_ARGUMENT, "memory on NUMA node " + std::to_string(node) + " was asked for, but " +
                                     (online.empty() ? std::string("this kernel has no NUMA (no ") + kNodes + ")"
                                                     : "the nodes online are " + online) +
                                     "; choose among those, or -1 for the node of the thread that touches it first");
    }
}

void add_residence(char* begin, size_t bytes, MemoryUse& use) {
    constexpr size_t kBatch = 4096;
    const auto page = (size_t)sysconf(_SC_PAGESIZE);
    std::vector<void*> pages;
    std::vector<int> nodes;
    for (size_t at = 0; at < bytes; at += kBatch * page) {
        pages.clear();
        for (size_t i = at; i < std::min(bytes, at + kBatch * page); i += page) pages.push_back(begin + i);
        nodes.assign(pages.size(), -ENOENT);
        if (syscall(SYS_move_pages, 0, pages.size(), pages.data(), nullptr, nodes.data(), 0) != 0) {
            throw system_error("move_pages, which tells the NUMA nodes of pages,", errno);
        }
        for (const int node : nodes) {
            if (node < 0) continue;  // not resident
            use.resident_bytes += (int64_t)page;
            use.on_nodes[node] += (int64_t)page;
        }
    }
}

int64_t huge_bytes_between(const char* begin, const char* end) {
    const auto low = (unsigned long)begin, high = (unsigned long)end;
    const File smaps(std::fopen("/proc/self/smaps", "re"));
    if (smaps == nullptr) throw StatusError(TG_SYSTEM, "/proc/self/smaps, which tells huge pages, cannot be read");
    int64_t huge = 0;
    unsigned long common = 0;
    for (char line[4096]; std::fgets(line, sizeof line, smaps.get()) != nullptr;) {
        unsigned long from = 0, to = 0, kilobytes = 0;
        if (std::sscanf(line, "%lx-%lx ", &from, &to) == 2) {
            const unsigned long first = std::max(from, low), last = std::min(to, high);
            common = last > first ? last - first : 0;
        } else if (std::sscanf(line, "AnonHugePages: %lu kB", &kilobytes) == 1) {
            huge += (int64_t)std::min(common, kilobytes * 1024);
        }
    }
    return huge;
}

}  // namespace tailgate
