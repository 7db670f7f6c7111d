// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "thread_pool.h"

#include <csignal>
#include <set>

#include "cpu_mask.h"
#include "status_error.h"

namespace tailgate {
namespace {

constexpr int kIdleSpins = 1000;  // about 50 us: the gap between two layers run one by one from Java
constexpr int kCallerSpins = 0;   // the caller may share its CPU with a worker

/// Blocks, for the thread and those it starts, every signal that is not a fault of the thread itself: the JVM's own
/// handlers belong to the JVM's threads.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t set;
        sigfillset(&set);
        for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP}) sigdelset(&set, fault);
        pthread_sigmask(SIG_SETMASK, &set, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

void check_allowed(const std::vector<int32_t>& cpus) {
    const std::vector<int32_t> allowed = allowed_cpus();
    const std::set<int32_t> usable(allowed.begin(), allowed.end());
    std::set<int32_t> taken;
    for (int32_t cpu : cpus) {
        if (usable.count(cpu) == 0) {
            throw StatusError(
                TG_CPU_NOT_ALLOWED, "CPU " + std::to_string(cpu) + " was asked for, but this thread may use CPUs " +
                                        cpu_list(allowed) + "; choose among those or widen the affinity or cpuset");
        }
        if (!taken.insert(cpu).second) {
            throw StatusError(
                TG_INVALID_ARGUMENT, "CPU " + std::to_string(cpu) + " occurs twice; one pool thread is pinned to each");
        }
    }
}

}  // namespace

ThreadPool::ThreadPool(const std::vector<int32_t>& cpus, void (*on_start)(), void (*on_stop)())
    : on_start_(on_start), on_stop_(on_stop) {
    check_allowed(cpus);
    workers_.reserve(cpus.size());
    pending_ = (uint32_t)cpus.size();
    try {
        SignalsBlocked blocked;
        for (int32_t cpu : cpus) {
            auto worker = std::make_unique<Worker>(Worker{this, (int)workers_.size(), cpu, {}, 0, nullptr});
            start(*worker);
            workers_.push_back(std::move(worker));
        }
        for (uint32_t left; (left = pending_.load(std::memory_order_acquire)) != 0;) {
            wait_while(pending_, left, kCallerSpins);
        }
        throw_first_failure();
    } catch (...) {
        stop();
        throw;
    }
}

ThreadPool::~ThreadPool() { stop(); }

void ThreadPool::start(Worker& worker) {
    int error = pthread_create(&worker.thread, nullptr, thread_main, &worker);
    if (error != 0) {
        throw system_error("pthread_create for the pool thread of CPU " + std::to_string(worker.cpu), error);
    }
    pthread_setname_np(worker.thread, ("tailgate-" + std::to_string(worker.cpu)).substr(0, 15).c_str());
}

void* ThreadPool::thread_main(void* worker) {
    Worker& self = *static_cast<Worker*>(worker);
    self.pool->serve(self);
    return nullptr;
}

void ThreadPool::serve(Worker& worker) {
    worker.id = (pid_t)syscall(SYS_gettid);
    try {
        pin_to(worker.cpu);
        if (on_start_ != nullptr) on_start_();
    } catch (...) {
        worker.failure = std::current_exception();
    }
    bool started = worker.failure == nullptr;
    work_until_stopped(worker);
    if (started && on_stop_ != nullptr) on_stop_();
}

void ThreadPool::work_until_stopped(Worker& worker) {
    for (uint32_t seen = 0;; seen++) {
        if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) wake_all(pending_);
        wait_while(round_, seen, kIdleSpins);
        if (job_ == nullptr) return;
        try {
            (*job_)(worker.index);
        } catch (...) {
            worker.failure = std::current_exception();
        }
    }
}

void ThreadPool::start_round(const Job* job) {
    job_ = job;
    pending_.store((uint32_t)workers_.size(), std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_acq_rel);
    wake_all(round_);
}

void ThreadPool::run(const Job& job) {
    start_round(&job);
    for (uint32_t left; (left = pending_.load(std::memory_order_acquire)) != 0;) {
        wait_while(pending_, left, kCallerSpins);
    }
    throw_first_failure();
}

void ThreadPool::stop() {
    start_round(nullptr);
    for (auto& worker : workers_) pthread_join(worker->thread, nullptr);
    workers_.clear();
}

void ThreadPool::throw_first_failure() {
    std::exception_ptr first;
    for (auto& worker : workers_) {
        if (!first) first = worker->failure;
        worker->failure = nullptr;
    }
    if (first) std::rethrow_exception(first);
}

std::vector<pid_t> ThreadPool::thread_ids() const {
    std::vector<pid_t> ids;
    for (auto& worker : workers_) ids.push_back(worker->id);
    return ids;
}

}  // namespace tailgate
