// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The thread pool, its barrier and its placement, on whatever CPUs this process may use.

#include <sched.h>

#include <set>

#include "expect.h"
#include "network/split.h"
#include "pool/barrier.h"
#include "pool/cpu_mask.h"
#include "pool/status_error.h"
#include "pool/thread_pool.h"

using namespace tailgate;
using namespace tailgate::test;

namespace {

void runs_each_job_once_on_each_cpu() {
    const auto cpus = allowed_cpus();
    ThreadPool pool(cpus);
    for (int round = 0; round < 2000; round++) {
        std::vector<int> seen_cpu(cpus.size(), -1);
        pool.run([&](int worker) { seen_cpu[(size_t)worker] = sched_getcpu(); });
        for (size_t i = 0; i < cpus.size(); i++) {
            expect(seen_cpu[i] == cpus[i], "worker " + std::to_string(i) + " to run on CPU " + std::to_string(cpus[i]) +
                                               ", ran on " + std::to_string(seen_cpu[i]));
        }
    }
    const auto ids = pool.thread_ids();
    expect(std::set<pid_t>(ids.begin(), ids.end()).size() == cpus.size(), "as many thread ids as CPUs, all different");
}

/// Runs `body` and expects a StatusError of this status whose message has `part`.
template <typename Body>
void expect_refused(tg_status status, const std::string& part, Body body) {
    try {
        body();
        expect(false, "status " + std::to_string(status) + ", but nothing was thrown");
    } catch (const StatusError& e) {
        expect(e.status() == status, "status " + std::to_string(status) + ", found " + std::to_string(e.status()));
        expect(std::string(e.what()).find(part) != std::string::npos, "\"" + part + "\" in: " + e.what());
    }
}

void names_a_cpu_that_it_may_not_use() {
    const auto allowed = allowed_cpus();
    expect_refused(TG_CPU_NOT_ALLOWED, "CPU 100000 was asked for, but this thread may use CPUs " + cpu_list(allowed),
                   [&] { ThreadPool pool({allowed.front(), 100000}); });
    expect_refused(TG_CPU_NOT_ALLOWED, "CPU -1", [] { ThreadPool pool({-1}); });
    expect_refused(TG_INVALID_ARGUMENT, "occurs twice",
                   [&] { ThreadPool pool({allowed.front(), allowed.front()}); });
    expect_refused(TG_CPU_NOT_ALLOWED, "sched_setaffinity to CPU 100000 failed", [] { pin_to(100000); });
}

void hands_a_jobs_exception_to_the_caller() {
    ThreadPool pool(allowed_cpus());
    expect_refused(TG_INTERNAL, "from worker 0", [&] {
        pool.run([](int worker) {
            if (worker == 0) throw StatusError(TG_INTERNAL, "from worker 0");
        });
    });
    std::atomic<int> runs{0};
    pool.run([&](int) { runs++; });
    expect(runs == pool.size(), "a pool that runs on after an exception");
}

std::atomic<int> started{0}, stopped{0};

void calls_the_hooks_in_each_thread() {
    const auto cpus = allowed_cpus();
    { ThreadPool pool(cpus, [] { started++; }, [] { stopped++; }); }
    expect(started == (int)cpus.size(), "a start in each thread, found " + std::to_string(started));
    expect(stopped == (int)cpus.size(), "a stop in each thread, found " + std::to_string(stopped));
    stopped = 0;
    expect_refused(TG_INTERNAL, "no start", [&] {
        ThreadPool pool(cpus, [] { throw StatusError(TG_INTERNAL, "no start"); }, [] { stopped++; });
    });
    expect(stopped == 0, "no stop where the start failed");
}

void makes_what_was_written_before_the_barrier_visible_after() {
    ThreadPool pool(allowed_cpus());
    Barrier barrier((uint32_t)pool.size());
    std::vector<int> written((size_t)pool.size());
    std::atomic<int> stale{0};
    pool.run([&](int worker) {
        for (int round = 1; round <= 3000; round++) {
            written[(size_t)worker] = round;
            barrier.wait();
            for (int other : written) stale += other != round;
            barrier.wait();
        }
    });
    expect(stale == 0, "no stale value behind the barrier, found " + std::to_string(stale));
}

void writes_cpu_lists_as_the_kernel_does() {
    expect(cpu_list({0, 1, 2, 3, 8}) == "0-3,8", "0-3,8, found " + cpu_list({0, 1, 2, 3, 8}));
    expect(cpu_list({5}) == "5", "5, found " + cpu_list({5}));
}

/// Every output pixel and channel belongs to exactly one part, and cuts are at the steps.
void splits_a_convolution_without_gap_or_overlap() {
    for (int members = 1; members <= 9; members++) {
        for (const ConvShape& shape : {ConvShape{1, 7, 7, 64, 512, 3, 1, 1}, ConvShape{3, 14, 14, 8, 48, 1, 2, 0},
                                       ConvShape{1, 1, 1, 4, 1000, 1, 1, 0}}) {
            const int row_step = 2, channel_step = 16;
            std::vector<int> owners((size_t)shape.rows() * shape.channels_out);
            for (const ConvPart& part : split(shape, row_step, channel_step, members)) {
                expect(part.row_begin % row_step == 0 && part.channel_begin % channel_step == 0, "cuts at the steps");
                for (int row = part.row_begin; row < part.row_end; row++) {
                    for (int k = part.channel_begin; k < part.channel_end; k++) {
                        owners[(size_t)row * shape.channels_out + k]++;
                    }
                }
            }
            for (int owner_count : owners) expect(owner_count == 1, "one owner, found " + std::to_string(owner_count));
        }
    }
}

void splits_evenly_along_whichever_side_divides() {
    // 7 rows do not halve, 512 channels do.
    auto parts = split({1, 7, 7, 512, 512, 3, 1, 1}, 1, 64, 2);
    expect(parts[0].row_end == 7 && parts[0].channel_end == 256, "two halves of the channels");
}

}  // namespace

int main() {
    runs_each_job_once_on_each_cpu();
    names_a_cpu_that_it_may_not_use();
    hands_a_jobs_exception_to_the_caller();
    calls_the_hooks_in_each_thread();
    makes_what_was_written_before_the_barrier_visible_after();
    writes_cpu_lists_as_the_kernel_does();
    splits_a_convolution_without_gap_or_overlap();
    splits_evenly_along_whichever_side_divides();
    return exit_code();
}
