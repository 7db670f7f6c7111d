// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "thread_usage.h"

#include <sys/resource.h>

#include <cerrno>
#include <cstdio>

#include "status_error.h"

namespace tailgate {
namespace {

/// The second field of schedstat, whose first is the time on a CPU. Kernels without CONFIG_SCHED_INFO lack the file.
int64_t run_delay_ns() {
    std::FILE* file = std::fopen("/proc/thread-self/schedstat", "re");
    if (file == nullptr) return -1;
    long long delay = -1;
    const int fields = std::fscanf(file, "%*s %lld", &delay);
    std::fclose(file);
    return fields == 1 ? delay : -1;
}

}  // namespace

ThreadUsage usage_of_this_thread() {
    rusage usage;
    if (getrusage(RUSAGE_THREAD, &usage) != 0) throw system_error("getrusage(RUSAGE_THREAD)", errno);
    return {run_delay_ns(), usage.ru_nvcsw, usage.ru_nivcsw, usage.ru_minflt};
}

}  // namespace tailgate
