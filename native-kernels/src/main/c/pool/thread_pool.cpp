// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "thread_pool.h"

#include <sched.h>

#include <csignal>
#include <set>

#include "barrier.h"
#include "cpu_mask.h"
#include "status_error.h"

namespace tailgate {
namespace {

// About 50 us: the gap between two runs, or two layers run one by one from Java. A worker without work yields instead of
// pausing, because the caller, just woken, often has to run on the worker's CPU. At batch 1 a run's start and end take
// 20 us together, 65 us with pauses; the caller itself sleeps at once.
constexpr int kIdleYields = 300;

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

void yield() { sched_yield(); }

void check_place(pid_t thread, int32_t cpu) {
    const int found = sched_getcpu();
    if (found == cpu) return;
    throw StatusError(
        TG_PINNING_FAILED,
        "pool thread " + std::to_string(thread) + " of CPU " + std::to_string(cpu) + " ended a run on CPU " +
            std::to_string(found) + " and may now use CPUs " + cpu_list(allowed_cpus()) +
            ": affinity or cpuset was changed after the pool started; results are right, times are not; give it its "
            "CPU back or build anew on CPUs that may be used");
}

}  // namespace

ThreadPool::ThreadPool(const std::vector<int32_t>& cpus, void (*on_start)(), void (*on_stop)())
    : on_start_(on_start), on_stop_(on_stop), owner_(getpid()) {
    check_allowed(cpus);
    workers_.reserve(cpus.size());
    pending_.set((uint32_t)cpus.size());
    try {
        SignalsBlocked blocked;
        for (int32_t cpu : cpus) {
            auto worker = std::make_unique<Worker>(Worker{this, (int)workers_.size(), cpu, {}, 0, nullptr, {}});
            start(*worker);
            workers_.push_back(std::move(worker));
        }
        wait_for_workers();
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
        if (pending_.subtract_one() == 1) pending_.wake_all();
        if (round_.spin_while(seen, kIdleYields, yield)) round_.sleep_while(seen);
        if (job_ == nullptr) return;
        work_one_round(worker);
    }
}

void ThreadPool::work_one_round(Worker& worker) {
    const int64_t begin = now_ns(), waited_before = Barrier::waited_ns();
    try {
        (*job_)(worker.index);
        check_place(worker.id, worker.cpu);
    } catch (...) {
        worker.failure = std::current_exception();
    }
    const int64_t waited = Barrier::waited_ns() - waited_before;
    worker.counters.rounds++;
    worker.counters.waiting_ns += waited;
    worker.counters.busy_ns += now_ns() - begin - waited;
}

void ThreadPool::start_round(const Job* job) {
    job_ = job;
    pending_.set((uint32_t)workers_.size());
    round_.add_one();
    round_.wake_all();
}

void ThreadPool::wait_for_workers() {
    for (uint32_t left; (left = pending_.value()) != 0;) pending_.sleep_while(left);
}

void ThreadPool::run(const Job& job) {
    if (getpid() != owner_) {
        throw StatusError(
            TG_FORKED, "the pool's threads are in process " + std::to_string(owner_) + ", but this is process " +
                           std::to_string(getpid()) + ", which fork() made without them; build a new one here");
    }
    start_round(&job);
    wait_for_workers();
    throw_first_failure();
}

void ThreadPool::stop() {
    if (getpid() != owner_) return;  // nobody there to be joined
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
