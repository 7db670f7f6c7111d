// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "onednn_team.h"

#include <omp.h>

#include "pool/cpu_mask.h"
#include "pool/status_error.h"

namespace tailgate::benchmark {
namespace {

/// The thread that starts OpenMP's others, on the first CPU. One in the process: with more threads than CPUs, be they
/// idle, libgomp's barriers stop spinning and cost more.
std::shared_ptr<ThreadPool> openmp_master(const std::vector<int32_t>& cpus) {
    static std::shared_ptr<ThreadPool>& master = *new std::shared_ptr<ThreadPool>;  // OpenMP's threads outlive it
    static std::vector<int32_t> bound;
    if (master && bound != cpus) {
        throw StatusError(
            TG_INVALID_ARGUMENT, "OpenMP was asked for on CPUs " + cpu_list(cpus) + ", but its threads in this process are "
                                 "bound to " + cpu_list(bound) + "; take another process");
    }
    if (!master) {
        master = std::make_shared<ThreadPool>(std::vector<int32_t>{cpus.front()});
        bound = cpus;
        master->run([&](int) {
            omp_set_dynamic(0);
            omp_set_num_threads((int)cpus.size());
#pragma omp parallel
            pin_to(cpus[(size_t)omp_get_thread_num()]);
        });
    }
    return master;
}

}  // namespace

OneDnnTeam::OneDnnTeam(tgb_threading threading, const std::vector<int32_t>& cpus) {
    if (threading == TGB_OPENMP) {
        threads_ = openmp_master(cpus);
    } else {
        threads_ = std::make_shared<ThreadPool>(cpus);
        threads_->run([](int) { omp_set_num_threads(1); });
    }
}

}  // namespace tailgate::benchmark
