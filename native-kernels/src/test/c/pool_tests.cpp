// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The thread pool, its barrier and its placement, on whatever CPUs this process may use.

#include <dirent.h>
#include <sched.h>
#include <sys/resource.h>

#include <set>

#include "child.h"
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

void set_affinity(pid_t thread, int32_t cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    expect(sched_setaffinity(thread, sizeof set, &set) == 0, "thread " + std::to_string(thread) + " to be moved");
}

void tells_a_caller_that_a_thread_ran_elsewhere() {
    const auto cpus = allowed_cpus();
    if (cpus.size() < 2) return;  // there is no elsewhere
    ThreadPool pool({cpus[0]});
    const pid_t thread = pool.thread_ids()[0];
    int runs = 0;
    set_affinity(thread, cpus[1]);
    expect_refused(TG_PINNING_FAILED, "pool thread " + std::to_string(thread) + " of CPU " + std::to_string(cpus[0]) +
                                          " ended a run on CPU " + std::to_string(cpus[1]),
                   [&] { pool.run([&](int) { runs++; }); });
    set_affinity(thread, cpus[0]);
    pool.run([&](int) { runs++; });
    expect(runs == 2, "two jobs done, found " + std::to_string(runs));
}

void refuses_to_run_in_a_forked_child() {
    auto pool = std::make_unique<ThreadPool>(allowed_cpus());
    in_child("a pool after fork()", [&] {
        expect_refused(TG_FORKED, "build a new one here", [&] { pool->run([](int) {}); });
        pool.reset();  // must not wait for threads that are not here
#if !defined(__SANITIZE_THREAD__)  // it forbids threads here
        std::atomic<int> runs{0};
        ThreadPool own(allowed_cpus());
        own.run([&](int) { runs++; });
        expect(runs == own.size(), "a pool of the child's own");
#endif
    });
    std::atomic<int> runs{0};
    pool->run([&](int) { runs++; });
    expect(runs == pool->size(), "the parent's pool to run on");
}

#if !defined(__SANITIZE_THREAD__)  // it starts threads of its own, which count

int threads_of_this_process() {
    DIR* tasks = opendir("/proc/self/task");
    int entries = 0;
    while (readdir(tasks) != nullptr) entries++;
    closedir(tasks);
    return entries - 2;  // . and ..
}

/// Threads that were joined leave /proc a moment later.
void expect_threads(int wanted) {
    for (int i = 0; i < 5000 && threads_of_this_process() != wanted; i++) usleep(1000);
    const int found = threads_of_this_process();
    expect(found == wanted, std::to_string(wanted) + " threads left, found " + std::to_string(found));
}

void leaves_no_thread_behind_when_one_cannot_be_started() {
    constexpr uid_t kUnused = 54321;  // an id of its own has no other processes that count
    in_child("a pool without threads to be had", [] {
        const bool own_id = geteuid() == 0 && setresuid(kUnused, kUnused, kUnused) == 0;
        const int before = threads_of_this_process();
        const auto allowance = (rlim_t)(own_id ? before + 1 : 0);  // the first thread starts, the second does not
        const rlimit limit{allowance, allowance};
        setrlimit(RLIMIT_NPROC, &limit);
        const auto cpus = allowed_cpus();
        if (own_id && cpus.size() < 2) return;
        expect_refused(TG_SYSTEM, "pthread_create for the pool thread of CPU " + std::to_string(cpus[own_id ? 1 : 0]),
                       [&] { ThreadPool pool(cpus); });
        expect_threads(before);
    });
}

#endif

/// Busy and waiting are told apart: worker 0 works while the others wait for it at a barrier.
void counts_rounds_work_and_waiting() {
    constexpr int64_t kWorkNs = 20'000'000;
    ThreadPool pool(allowed_cpus());
    Barrier barrier((uint32_t)pool.size());
    pool.run([&](int worker) {
        const int64_t begin = now_ns();
        while (worker == 0 && now_ns() - begin < kWorkNs) cpu_relax();
        barrier.wait();
    });
    for (int worker = 0; worker < pool.size(); worker++) {
        const WorkerCounters& found = pool.counters(worker);
        expect(found.rounds == 1, "one round, found " + std::to_string(found.rounds));
        const int64_t work = worker == 0 ? found.busy_ns : found.busy_ns + found.waiting_ns;
        expect(work >= kWorkNs / 2, "10 ms at least, found " + std::to_string(work) + " ns");
        if (worker == 0) continue;
        expect(found.waiting_ns > found.busy_ns, "worker " + std::to_string(worker) + " to wait most of the time, found " +
                                                     std::to_string(found.waiting_ns) + " ns of " + std::to_string(work));
    }
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

void splits_a_1x1_along_rows_and_others_by_what_they_read() {
    auto parts = split({1, 14, 14, 1024, 256, 1, 1, 0}, 1, 64, 2);
    expect(parts[0].row_end == 7 && parts[0].channel_end == 256, "1x1: two halves of the rows");
    parts = split({1, 14, 14, 256, 256, 3, 1, 1}, 1, 64, 2);
    expect(parts[0].row_end == 14 && parts[0].channel_end == 128, "3x3: two halves of the channels");
}

}  // namespace

int main() {
#if !defined(__SANITIZE_THREAD__)
    leaves_no_thread_behind_when_one_cannot_be_started();
#endif
    runs_each_job_once_on_each_cpu();
    names_a_cpu_that_it_may_not_use();
    hands_a_jobs_exception_to_the_caller();
    tells_a_caller_that_a_thread_ran_elsewhere();
    refuses_to_run_in_a_forked_child();
    counts_rounds_work_and_waiting();
    calls_the_hooks_in_each_thread();
    makes_what_was_written_before_the_barrier_visible_after();
    writes_cpu_lists_as_the_kernel_does();
    splits_a_convolution_without_gap_or_overlap();
    splits_evenly_along_whichever_side_divides();
    splits_a_1x1_along_rows_and_others_by_what_they_read();
    return exit_code();
}
