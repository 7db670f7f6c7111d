// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Threads of our own, one pinned to each CPU of a list. OpenMP would give every calling Java thread a pool of its own,
// pin the caller with OMP_PROC_BIND, and hide the thread ids that a latency report needs.

#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include "futex.h"

namespace tailgate {

/// What a worker did since it started. Differences between two readings count.
struct WorkerCounters {
    int64_t rounds;
    int64_t busy_ns;     ///< in rounds, without waiting_ns
    int64_t waiting_ns;  ///< in rounds, at barriers
};

class ThreadPool {
  public:
    using Job = std::function<void(int worker)>;

    /// Starts and pins one thread for each CPU; no CPU may occur twice. `on_start` and `on_stop`, if not null, run in
    /// each thread, pinned, before its first and after its last job. Throws StatusError, with no thread left behind.
    explicit ThreadPool(
        const std::vector<int32_t>& cpus, void (*on_start)() = nullptr, void (*on_stop)() = nullptr);
    ~ThreadPool();

    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Runs the job once in every thread and returns when all are done; the calling thread sleeps. An exception of a
    /// job is thrown here. One caller at a time. Throws StatusError TG_PINNING_FAILED, with the job done, if a thread
    /// ended it on another CPU than its own, and TG_FORKED, with nothing done, in a child of fork().
    void run(const Job& job);

    int size() const { return (int)workers_.size(); }

    /// The kernel's thread ids, in the order of `cpus`.
    std::vector<pid_t> thread_ids() const;

    /// Of one worker, up to the end of its last round. To be asked by its own thread in a job, or between two rounds.
    const WorkerCounters& counters(int worker) const { return workers_[(size_t)worker]->counters; }

    int32_t cpu(int worker) const { return workers_[(size_t)worker]->cpu; }

  private:
    struct Worker {
        ThreadPool* pool;
        int index;
        int32_t cpu;
        pthread_t thread;
        pid_t id;
        std::exception_ptr failure;
        WorkerCounters counters;
    };

    static void* thread_main(void* worker);
    void serve(Worker& worker);
    void work_until_stopped(Worker& worker);
    void work_one_round(Worker& worker);
    void start(Worker& worker);
    void start_round(const Job* job);
    void wait_for_workers();
    void stop();
    void throw_first_failure();

    void (*const on_start_)();
    void (*const on_stop_)();
    const pid_t owner_;  // the process in which the threads are
    std::vector<std::unique_ptr<Worker>> workers_;
    const Job* job_ = nullptr;  // nullptr in a round: stop
    alignas(64) WaitWord round_{0};
    alignas(64) WaitWord pending_{0};  // workers that have not finished the round
};

}  // namespace tailgate
