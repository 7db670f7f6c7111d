// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of the C ABI about oneDNN's network.

#include <memory>

#include "network/abi_call.h"
#include "onednn_network.h"
#include "onednn_team.h"

using namespace tailgate;
using namespace tailgate::benchmark;

struct tgb_onednn {
    OneDnnTeam team;
    std::vector<std::unique_ptr<OneDnnNetwork>> networks;  // of each thread of the team
    ThreadPool::Job run;
};

namespace {

std::unique_ptr<tgb_onednn> build(const tgb_model& model, tgb_threading threading, const std::vector<int32_t>& cpus) {
    auto peer = std::make_unique<tgb_onednn>(tgb_onednn{OneDnnTeam(threading, cpus), {}, {}});
    const int threads = peer->team.size();
    require(
        model.batch % threads == 0, "a batch that " + std::to_string(threads) +
                                        " threads can share evenly was wanted, but it is " + std::to_string(model.batch));
    const int share = model.batch / threads;
    peer->networks.resize((size_t)threads);
    auto& networks = peer->networks;
    peer->team.threads().run([&](int worker) {
        networks[(size_t)worker] = std::make_unique<OneDnnNetwork>(model, worker * share, share);
    });
    peer->run = [&networks](int worker) { networks[(size_t)worker]->run(); };
    return peer;
}

}  // namespace

const char* tgb_compiler(void) {
#ifdef __clang__
    return __VERSION__;
#else
    return "GCC " __VERSION__;
#endif
}

const char* tgb_onednn_version(void) {
    static const std::string version = std::to_string(dnnl_version()->major) + "." +
                                       std::to_string(dnnl_version()->minor) + "." +
                                       std::to_string(dnnl_version()->patch);
    return version.c_str();
}

int32_t tgb_onednn_isa(void) { return (int32_t)dnnl_get_effective_cpu_isa(); }

tg_status tgb_onednn_create(
    const tgb_model* model, int32_t threading, const int32_t* cpus, int32_t cpu_count, tgb_onednn** peer) {
    return guarded([&] {
        require_not_null("model", model);
        require_range("threading", threading, TGB_OPENMP, TGB_SHARED_OUT);
        *peer = build(*model, static_cast<tgb_threading>(threading), checked_cpus(cpus, cpu_count)).release();
    });
}

void tgb_onednn_destroy(tgb_onednn* peer) { delete peer; }

tg_status tgb_onednn_run(tgb_onednn* peer) {
    return guarded([&] { peer->team.threads().run(peer->run); });
}

tg_status tgb_onednn_layer_times(tgb_onednn* peer, double* milliseconds, int32_t count) {
    return guarded([&] {
        std::vector<std::vector<double>> times(peer->networks.size(), std::vector<double>((size_t)count));
        peer->team.threads().run([&](int worker) {
            peer->networks[(size_t)worker]->run_timed(times[(size_t)worker]);
        });
        for (int32_t layer = 0; layer < count; layer++) {
            milliseconds[layer] = 0;
            for (auto& of_worker : times) milliseconds[layer] += of_worker[(size_t)layer] / (double)times.size();
        }
    });
}

tg_status tgb_onednn_logits(const tgb_onednn* peer, float* logits, int64_t count) {
    return guarded([&] {
        std::vector<float> all;
        for (auto& network : peer->networks) {
            const auto share = network->logits();
            all.insert(all.end(), share.begin(), share.end());
        }
        require_array("logits", logits, count, (int64_t)all.size());
        std::copy(all.begin(), all.end(), logits);
    });
}
