// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// SGEMM by oneDNN in each way that it has: dnnl_sgemm, which packs both matrices in every call, and a matmul whose B
// was packed once, on OpenMP's threads or with the rows of A and C shared out.

#include <algorithm>
#include <memory>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "peer_arena.h"
#include "network/abi_call.h"
#include "onednn_team.h"

using namespace tailgate;
using namespace tailgate::benchmark;
using dnnl::memory;

namespace {

/// Rows of C and what computes them.
class RowsOfProduct {
  public:
    RowsOfProduct(bool packed, int64_t rows, int64_t size, const float* a, const float* b)
        : rows_(rows), size_(size), a_(copy(a, rows * size)), c_(copy(nullptr, rows * size)) {
        if (packed) {
            pack(b);
        } else {
            b_ = copy(b, size * size);
        }
    }

    void run() {
        if (b_ != nullptr) {
            const auto status =
                dnnl_sgemm('N', 'N', rows_, size_, size_, 1.0f, a_, size_, b_, size_, 0.0f, c_, size_);
            if (status != dnnl_success) throw std::runtime_error("dnnl_sgemm failed: " + std::to_string(status));
        } else {
            product_.execute(stream_, arguments_);
            stream_.wait();
        }
    }

    void copy_c(float* to) const { std::copy_n(c_, rows_ * size_, to); }

  private:
    using Type = memory::data_type;
    using Tag = memory::format_tag;

    float* copy(const float* from, int64_t count) {
        auto* to = static_cast<float*>(arena_.take((size_t)count * sizeof(float)));
        if (from != nullptr) std::copy_n(from, count, to);
        return to;
    }

    void pack(const float* b) {
        const memory::desc rows({rows_, size_}, Type::f32, Tag::ab), plain({size_, size_}, Type::f32, Tag::ab);
        dnnl::matmul::primitive_desc chosen(engine_, rows, {{size_, size_}, Type::f32, Tag::any}, rows);
        memory packed(chosen.weights_desc(), engine_, arena_.take(chosen.weights_desc().get_size()));
        memory source(plain, engine_, const_cast<float*>(b));
        dnnl::reorder(source, packed).execute(stream_, source, packed);
        stream_.wait();
        product_ = dnnl::matmul(chosen);
        arguments_ = {
            {DNNL_ARG_SRC, memory(rows, engine_, a_)},
            {DNNL_ARG_WEIGHTS, packed},
            {DNNL_ARG_DST, memory(rows, engine_, c_)}};
    }

    const int64_t rows_, size_;
    PeerArena arena_;
    float *a_, *c_, *b_ = nullptr;  // b_: not packed
    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    dnnl::matmul product_;
    std::unordered_map<int, memory> arguments_;
};

}  // namespace

struct tgb_onednn_sgemm {
    OneDnnTeam team;
    int64_t size;
    std::vector<std::unique_ptr<RowsOfProduct>> parts;  // of each thread of the team
    ThreadPool::Job run;
};

tg_status tgb_onednn_sgemm_create(
    int32_t size, const float* a, const float* b, int32_t packed, int32_t threading, const int32_t* cpus,
    int32_t cpu_count, tgb_onednn_sgemm** sgemm) {
    return guarded([&] {
        const auto chosen = static_cast<tgb_threading>(threading);
        auto made = std::make_unique<tgb_onednn_sgemm>(
            tgb_onednn_sgemm{OneDnnTeam(chosen, checked_cpus(cpus, cpu_count)), size, {}, {}});
        auto& parts = made->parts;
        const int64_t threads = made->team.size(), length = size;
        parts.resize((size_t)threads);
        made->team.threads().run([&](int worker) {
            const int64_t begin = length * worker / threads, end = length * (worker + 1) / threads;
            parts[(size_t)worker] =
                std::make_unique<RowsOfProduct>(packed != 0, end - begin, length, a + begin * length, b);
        });
        made->run = [&parts](int worker) { parts[(size_t)worker]->run(); };
        *sgemm = made.release();
    });
}

void tgb_onednn_sgemm_destroy(tgb_onednn_sgemm* sgemm) { delete sgemm; }

tg_status tgb_onednn_sgemm_run(tgb_onednn_sgemm* sgemm) {
    return guarded([&] { sgemm->team.threads().run(sgemm->run); });
}

tg_status tgb_onednn_sgemm_c(const tgb_onednn_sgemm* sgemm, float* c, int64_t count) {
    return guarded([&] {
        require_array("c", c, count, sgemm->size * sgemm->size);
        const int64_t threads = (int64_t)sgemm->parts.size();
        for (int64_t i = 0; i < threads; i++) sgemm->parts[(size_t)i]->copy_c(c + sgemm->size * i / threads * sgemm->size);
    });
}
