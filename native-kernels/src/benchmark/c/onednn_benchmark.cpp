// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The whole network, ours against oneDNN, interleaved in one process, because a shared machine's speed drifts by more
// than the difference. oneDNN runs in two ways, and its faster one counts: on its OpenMP threads, and as one network
// for each pinned thread with its share of the batch.
//
//   onednn_benchmark [rounds [batch [isa]]]     isa as in tg_isa, for ours only

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>

#include "dispatch/isa.h"
#include "network/f32_network.h"
#include "network/images.h"
#include "network/int8_network.h"
#include "onednn_network.h"
#include "pool/cpu_mask.h"

using namespace tailgate;
using namespace tailgate::benchmark;

namespace {

int rounds = 30;
int batch = 8;
tg_isa isa = TG_ISA_BEST;

struct Contestant {
    std::string name;
    std::function<void()> run;
    std::vector<float> logits;
    std::vector<double> milliseconds;

    double best() const { return *std::min_element(milliseconds.begin(), milliseconds.end()); }
    double median() const {
        auto sorted = milliseconds;
        std::nth_element(sorted.begin(), sorted.begin() + (long)sorted.size() / 2, sorted.end());
        return sorted[sorted.size() / 2];
    }
};

double time_of(const std::function<void()>& run) {
    const auto start = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < a.size(); i++) {
        ab += (double)a[i] * b[i];
        aa += (double)a[i] * a[i];
        bb += (double)b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

/// oneDNN networks for shares of the batch, each built and run by a pinned thread whose OpenMP has one thread.
class SharedOut {
  public:
    SharedOut(ThreadPool& pool, const std::vector<float>& scales) : pool_(pool), networks_((size_t)pool.size()) {
        pool_.run([&](int worker) {
            omp_set_num_threads(1);
            const int share = batch / pool_.size();
            networks_[(size_t)worker] =
                std::make_unique<OneDnnNetwork>(share, make_images(worker * share, share, 224).data(), scales);
        });
    }
    void run() {
        pool_.run([&](int worker) { networks_[(size_t)worker]->run(); });
    }
    std::vector<float> logits() const {
        std::vector<float> all;
        for (auto& network : networks_) {
            const auto share = network->logits();
            all.insert(all.end(), share.begin(), share.end());
        }
        return all;
    }

  private:
    ThreadPool& pool_;
    std::vector<std::unique_ptr<OneDnnNetwork>> networks_;
};

std::vector<float> logits_of(const Network& network) {
    std::vector<float> logits((size_t)batch * kClasses);
    network.copy_logits(logits.data());
    return logits;
}

/// Runs all in turn, `rounds` times after one to warm up; a pause lets OpenMP's threads stop spinning.
void compete(std::vector<Contestant>& contestants) {
    for (int round = -1; round < rounds; round++) {
        for (Contestant& contestant : contestants) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            const double milliseconds = time_of(contestant.run);
            if (round >= 0) contestant.milliseconds.push_back(milliseconds);
        }
    }
}

/// Contestants 0 and 1 are oneDNN, the others ours.
void report(const char* title, const std::vector<Contestant>& contestants) {
    std::printf("%s, batch %d, %d interleaved rounds\n", title, batch, rounds);
    for (const Contestant& c : contestants) {
        std::printf("  %-26s best %8.2f ms  median %8.2f ms\n", c.name.c_str(), c.best(), c.median());
    }
    const double best = std::min(contestants[0].best(), contestants[1].best());
    const double median = std::min(contestants[0].median(), contestants[1].median());
    for (size_t i = 2; i < contestants.size(); i++) {
        const Contestant& ours = contestants[i];
        std::printf(
            "  oneDNN's time / %-18s best %.3f  median %.3f  (cosine of the logits %.6f)\n", ours.name.c_str(),
            best / ours.best(), median / ours.median(), cosine(ours.logits, contestants[0].logits));
    }
}

void bench(tg_precision precision, const std::vector<int32_t>& cpus) {
    const bool int8 = precision == TG_INT8;
    const NetworkOptions direct{TG_DIRECT, isa, batch, 224, 1};
    const NetworkOptions winograd{TG_WINOGRAD, isa, batch, 224, 1};
    const Int8Kernels& int8_table = int8_kernels(int8 ? isa : TG_ISA_BEST);
    ThreadPool pool(cpus, int8 ? int8_table.thread_begin : nullptr, int8 ? int8_table.thread_end : nullptr);
    const auto scales = int8 ? calibrate(direct, pool) : std::vector<float>{};

    std::vector<std::unique_ptr<Network>> ours;
    if (int8) {
        ours.push_back(std::make_unique<Int8Network>(direct, int8_table, pool, scales));
    } else {
        ours.push_back(std::make_unique<F32Network>(direct, f32_kernels(isa), pool));
        ours.push_back(std::make_unique<F32Network>(winograd, f32_kernels(isa), pool));
    }
    ThreadPool peer_pool(cpus);
    SharedOut shared_out(peer_pool, scales);
    OneDnnNetwork openmp(batch, make_images(0, batch, 224).data(), scales);

    std::vector<Contestant> contestants{
        {"oneDNN, OpenMP", [&] { openmp.run(); }, {}, {}},
        {"oneDNN, batch shared out", [&] { shared_out.run(); }, {}, {}}};
    const char* names[] = {int8 ? "ours" : "ours, direct", "ours, Winograd"};
    for (size_t i = 0; i < ours.size(); i++) {
        contestants.push_back({names[i], [&, i] { ours[i]->run(); }, {}, {}});
    }
    compete(contestants);
    contestants[0].logits = openmp.logits();
    contestants[1].logits = shared_out.logits();
    for (size_t i = 0; i < ours.size(); i++) contestants[i + 2].logits = logits_of(*ours[i]);
    report(
        (std::string(int8 ? "INT8 " : "FP32 ") + ours[0]->isa_name()).c_str(), contestants);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) rounds = std::atoi(argv[1]);
    if (argc > 2) batch = std::atoi(argv[2]);
    if (argc > 3) isa = static_cast<tg_isa>(std::atoi(argv[3]));
    const auto cpus = allowed_cpus();
    if (batch % (int)cpus.size() != 0) {
        std::printf("batch %d does not divide by %zu CPUs; choose another, or fewer CPUs with taskset\n", batch, cpus.size());
        return 1;
    }
    // As many OpenMP threads as CPUs, the main thread among them; unlike ours unpinned, unless OMP_PROC_BIND is set.
    omp_set_num_threads((int)cpus.size());
    const dnnl_version_t* version = dnnl_version();
    std::printf("oneDNN %d.%d.%d on CPUs %s\n", version->major, version->minor, version->patch, cpu_list(cpus).c_str());
    if (isa != TG_ISA_AMX) bench(TG_FP32, cpus);
    bench(TG_INT8, cpus);
}
