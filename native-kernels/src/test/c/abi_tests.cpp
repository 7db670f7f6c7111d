// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The C ABI as a careless caller uses it: every NULL, size and pointer that is wrong gets a status, never a crash.

#include <atomic>
#include <cstdio>
#include <numeric>
#include <iterator>
#include <cstring>
#include <thread>
#include <vector>

#include "child.h"
#include "expect.h"
#include "include/tailgate_kernels.h"

using namespace tailgate::test;

namespace {

std::vector<int32_t> allowed() {
    int32_t count = 0;
    tg_allowed_cpus(nullptr, 0, &count);
    std::vector<int32_t> cpus((size_t)count);
    tg_allowed_cpus(cpus.data(), count, &count);
    return cpus;
}

const std::vector<int32_t> cpus = allowed();

tg_network_options reduced(int32_t precision) {
    return {precision, TG_AUTO, TG_ISA_BEST, 1, 32, 4, 0, -1, (int32_t)cpus.size(), cpus.data()};
}

void expect_status(tg_status wanted, tg_status found, const std::string& of) {
    expect(wanted == found, of + ": status " + std::to_string(wanted) + ", found " + std::to_string(found) + " (" +
                                tg_last_error() + ")");
    if (found != TG_OK) expect(std::strlen(tg_last_error()) > 10, of + ": a sentence, found \"" + tg_last_error() + "\"");
}

void expect_create(tg_status wanted, const tg_network_options& options, const std::string& of) {
    tg_network* network = nullptr;
    expect_status(wanted, tg_network_create(&options, &network), of);
    expect((network != nullptr) == (wanted == TG_OK), of + ": a handle exactly when the call succeeds");
    tg_network_destroy(network);
}

void create_checks_every_option() {
    auto with = [](auto change) {
        tg_network_options options = reduced(TG_FP32);
        change(options);
        return options;
    };
    using Options = tg_network_options;
    expect_create(TG_OK, reduced(TG_FP32), "a valid FP32 network");
    expect_create(TG_OK, reduced(TG_INT8), "a valid INT8 network");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.precision = 2; }), "precision 2");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.algorithm = -1; }), "algorithm -1");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.isa = 99; }), "isa 99");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.batch = 0; }), "batch 0");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.batch = INT32_MIN; }), "batch INT32_MIN");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.image_size = 33; }), "image_size 33");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.image_size = 256; }), "image_size 256");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.width_divisor = 3; }), "width_divisor 3");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.cpus = nullptr; }), "cpus NULL");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.cpu_count = 0; }), "cpu_count 0");
    expect_create(TG_UNSUPPORTED, with([](Options& o) { o.isa = TG_ISA_AMX; }), "AMX in FP32");
    expect_create(
        TG_UNSUPPORTED, with([](Options& o) { o.isa = TG_ISA_NEON, o.precision = TG_INT8; }), "NEON in INT8");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.huge_pages = 2; }), "huge_pages 2");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.memory_node = -2; }), "memory_node -2");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.memory_node = 1024; }), "memory_node 1024");
    expect_create(TG_INVALID_ARGUMENT, with([](Options& o) { o.memory_node = 1023; }), "a node that is not online");
    const int32_t absent = 100000;
    expect_create(TG_CPU_NOT_ALLOWED, with([&](Options& o) { o.cpus = &absent, o.cpu_count = 1; }), "an absent CPU");
}

void takes_null_everywhere() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_FP32);
    expect_status(TG_INVALID_ARGUMENT, tg_network_create(nullptr, &network), "create without options");
    expect_status(TG_INVALID_ARGUMENT, tg_network_create(&options, nullptr), "create without a place for the handle");
    expect_status(TG_INVALID_ARGUMENT, tg_network_run(nullptr), "run of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_run_layer(nullptr, 0), "run_layer of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_logits(nullptr, nullptr, 0), "logits of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_set_input_u8(nullptr, nullptr, 0), "input of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_thread_ids(nullptr, nullptr, 0), "thread ids of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_worker_counters(nullptr, nullptr, 0), "counters of NULL");
    expect_status(TG_OK, tg_network_destroy(nullptr), "destroy of NULL");
    expect_status(TG_OK, tg_sgemm_destroy(nullptr), "destroy of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_sgemm_run(nullptr), "sgemm run of NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_allowed_cpus(nullptr, 4, nullptr), "allowed cpus into NULL");
    expect(tg_network_layer_count(nullptr) == 0, "no layers in NULL");
    expect(tg_network_layer_name(nullptr, 0) == nullptr, "no name in NULL");
    expect(tg_network_isa_name(nullptr) == nullptr, "no isa in NULL");
}

void checks_sizes_and_alignment() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_INT8);
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    const int64_t elements = 32 * 32 * 3;
    std::vector<float> floats(elements + 1);
    const auto* misaligned = reinterpret_cast<const float*>(reinterpret_cast<const char*>(floats.data()) + 1);
    expect_status(TG_OK, tg_network_set_input_f32(network, floats.data(), elements), "input");
    expect_status(TG_INVALID_ARGUMENT, tg_network_set_input_f32(network, floats.data(), elements - 1), "short input");
    expect_status(TG_INVALID_ARGUMENT, tg_network_set_input_f32(network, misaligned, elements), "misaligned input");
    expect_status(TG_INVALID_ARGUMENT, tg_network_logits(network, floats.data(), 999), "999 logits");
    expect_status(TG_OK, tg_network_logits(network, floats.data(), 1000), "1000 logits");
    expect_status(TG_INVALID_ARGUMENT, tg_network_run_layer(network, -1), "layer -1");
    const int32_t layers = tg_network_layer_count(network);
    expect_status(TG_INVALID_ARGUMENT, tg_network_run_layer(network, layers), "the layer after the last");
    expect(tg_network_layer_name(network, layers) == nullptr, "no name after the last layer");
    expect(tg_network_layer_flops(network, -1) == 0, "no operations in layer -1");
    int64_t id = 0;
    expect_status(TG_INVALID_ARGUMENT, tg_network_thread_ids(network, &id, 0), "no room for the thread ids");
    expect_status(TG_OK, tg_network_destroy(network), "destroy");
}

int64_t sum_of_nodes(const tg_memory& memory) {
    return std::accumulate(std::begin(memory.on_node), std::end(memory.on_node), memory.elsewhere);
}

/// What this place lets nobody ask, as an emulator or a container, cannot be tested there.
bool tells_memory(tg_status status) {
    if (status != TG_SYSTEM) return true;
    std::printf("not tested here: %s\n", tg_last_error());
    return false;
}

void tells_where_memory_is() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_FP32);
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    tg_memory memory{};
    expect_status(TG_INVALID_ARGUMENT, tg_network_memory(network, nullptr), "memory into NULL");
    expect_status(TG_INVALID_ARGUMENT, tg_network_memory(nullptr, &memory), "memory of NULL");
    const tg_status status = tg_network_memory(network, &memory);
    if (tells_memory(status)) {
        expect_status(TG_OK, status, "memory");
        expect(memory.resident_bytes > 10 << 20, "weights of 14 MB, found " + std::to_string(memory.resident_bytes));
        expect(memory.resident_bytes < 100 << 20, "no more, found " + std::to_string(memory.resident_bytes));
        expect(sum_of_nodes(memory) == memory.resident_bytes, "every page on a node");
    }
    tg_network_destroy(network);
}

/// Also that they compute the same, which is what they are for.
void gives_huge_pages_on_node_0() {
    tg_network_options options = reduced(TG_INT8);
    std::vector<float> logits[2] = {std::vector<float>(1000), std::vector<float>(1000)};
    for (const int32_t huge : {0, 1}) {
        options.huge_pages = huge;
        options.memory_node = huge == 1 ? 0 : -1;
        tg_network* network = nullptr;
        const tg_status created = tg_network_create(&options, &network);
        if (created == TG_UNSUPPORTED || !tells_memory(created) || (created == TG_INVALID_ARGUMENT && huge == 1)) {
            std::printf("not tested here: %s\n", tg_last_error());
            return;
        }
        expect_status(TG_OK, created, "create");
        expect_status(TG_OK, tg_network_run(network), "run");
        expect_status(TG_OK, tg_network_logits(network, logits[huge].data(), 1000), "logits");
        tg_memory memory{};
        if (tells_memory(tg_network_memory(network, &memory)) && huge == 1) {
            expect(memory.on_node[0] == memory.resident_bytes, "all on node 0");
            // the kernel may find no free huge page at all; it may not claim more than there is
            expect(memory.huge_bytes <= memory.resident_bytes, "huge pages among the resident ones");
            std::printf("%.1f of %.1f MB on huge pages\n", (double)memory.huge_bytes / 1e6,
                        (double)memory.resident_bytes / 1e6);
        }
        tg_network_destroy(network);
    }
    expect(logits[0] == logits[1], "the same logits wherever memory is");
}

void lets_one_caller_in_at_a_time() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_FP32);
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    constexpr int kCalls = 50;
    std::atomic<int> done{0}, refused{0}, other{0};
    auto caller = [&] {
        for (int i = 0; i < kCalls; i++) {
            switch (tg_network_run(network)) {
                case TG_OK: done++; break;
                case TG_BUSY: refused++; break;
                default: other++;
            }
        }
    };
    std::thread first(caller), second(caller);
    first.join();
    second.join();
    expect(done > 0 && other == 0, "runs or refusals only");
    expect(done + refused == 2 * kCalls, "an answer to each call");
    expect_status(TG_OK, tg_network_destroy(network), "destroy");
}

std::vector<tg_worker_counters> counters_of(tg_network* network) {
    std::vector<tg_worker_counters> counters(cpus.size());
    expect_status(
        TG_OK, tg_network_worker_counters(network, counters.data(), (int32_t)cpus.size()), "worker counters");
    return counters;
}

void counts_what_each_worker_does() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_INT8);
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    expect_status(TG_INVALID_ARGUMENT, tg_network_worker_counters(network, nullptr, 0), "counters into NULL");
    std::vector<int64_t> ids(cpus.size());
    expect_status(TG_OK, tg_network_thread_ids(network, ids.data(), (int32_t)cpus.size()), "thread ids");
    const auto before = counters_of(network);
    for (int run = 0; run < 10; run++) expect_status(TG_OK, tg_network_run(network), "run");
    const auto after = counters_of(network);
    for (size_t i = 0; i < cpus.size(); i++) {
        const std::string of = "worker " + std::to_string(i) + ": ";
        expect(after[i].thread_id == ids[i] && after[i].cpu == cpus[i], of + "its thread and CPU");
        const int64_t rounds = after[i].rounds - before[i].rounds;
        expect(rounds == 11, of + "10 runs and a look at the counters, found " + std::to_string(rounds));
        expect(after[i].busy_ns > before[i].busy_ns, of + "work");
        expect((after[i].waiting_ns > 0) == (cpus.size() > 1), of + "waits exactly if there are others");
        expect(before[i].minor_faults > 0, of + "pages of its own stack at least");
        expect(after[i].minor_faults >= before[i].minor_faults, of + "faults that only grow");
        expect(after[i].voluntary_switches >= before[i].voluntary_switches, of + "switches that only grow");
        expect(after[i].run_delay_ns >= before[i].run_delay_ns, of + "a run delay that only grows");
    }
    expect_status(TG_OK, tg_network_destroy(network), "destroy");
}

/// A network of which one run takes long enough to be met in it.
tg_network* slow_network() {
    tg_network* network = nullptr;
    tg_network_options options = reduced(TG_FP32);
    options.batch = 256;
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    return network;
}

void is_not_destroyed_under_a_run() {
    tg_network* network = slow_network();
    std::atomic<bool> ended{false};
    std::thread runner([&] {
        tg_status status;
        do status = tg_network_run(network);
        while (status == TG_BUSY);  // the loop below may be in the network
        expect_status(TG_OK, status, "run");
        ended = true;
    });
    while (!ended && tg_network_run_layer(network, -1) != TG_BUSY) std::this_thread::yield();
    const bool met = !ended;
    const tg_status found = tg_network_destroy(network);
    expect(!met || ended || found == TG_BUSY, "TG_BUSY while it runs, found " + std::to_string(found));
    runner.join();
    if (found != TG_OK) expect_status(TG_OK, tg_network_destroy(network), "destroy afterwards");
}

std::vector<float> logits_of(tg_network* network) {
    std::vector<float> logits(1000);
    expect_status(TG_OK, tg_network_run(network), "run");
    expect_status(TG_OK, tg_network_logits(network, logits.data(), 1000), "logits");
    return logits;
}

/// Their threads share the CPUs, and wait at barriers for others that do not run.
void two_networks_run_at_once_on_the_same_cpus() {
    constexpr int kRuns = 20;
    std::vector<std::thread> callers;
    for (int32_t precision : {TG_FP32, TG_INT8}) {
        callers.emplace_back([precision] {
            tg_network* network = nullptr;
            const tg_network_options options = reduced(precision);
            expect_status(TG_OK, tg_network_create(&options, &network), "create");
            const auto first = logits_of(network);
            for (int run = 0; run < kRuns; run++) expect(logits_of(network) == first, "the same logits in each run");
            expect_status(TG_OK, tg_network_destroy(network), "destroy");
        });
    }
    for (std::thread& caller : callers) caller.join();
}

void answers_in_a_forked_child() {
    tg_network* network = nullptr;
    const tg_network_options options = reduced(TG_FP32);
    expect_status(TG_OK, tg_network_create(&options, &network), "create");
    const auto before = logits_of(network);
    in_child("a network after fork()", [&] {
        std::vector<float> logits(1000);
        expect_status(TG_FORKED, tg_network_run(network), "run");
        expect_status(TG_FORKED, tg_network_run_layer(network, 0), "run of a layer");
        expect_status(TG_OK, tg_network_logits(network, logits.data(), 1000), "logits of the parent's run");
        expect(logits == before, "the logits of the parent's run");
        expect_status(TG_OK, tg_network_destroy(network), "destroy");
    });
    expect(logits_of(network) == before, "the parent to run on");
    expect_status(TG_OK, tg_network_destroy(network), "destroy");
}

void sgemm_checks_its_sizes() {
    tg_sgemm* sgemm = nullptr;
    auto create = [&](int32_t m, int32_t n, int32_t k) {
        return tg_sgemm_create(m, n, k, TG_ISA_BEST, 0, -1, cpus.data(), (int32_t)cpus.size(), &sgemm);
    };
    expect_status(TG_INVALID_ARGUMENT, create(0, 1, 1), "m = 0");
    expect_status(TG_INVALID_ARGUMENT, create(1, 65537, 1), "n = 65537");
    expect_status(TG_INVALID_ARGUMENT, create(65536, 65536, 1), "a matrix of 2^32 elements");
    expect_status(TG_OK, create(1, 1, 1), "1 x 1 x 1");
    std::vector<float> one(2);
    tg_memory memory{};
    expect_status(TG_INVALID_ARGUMENT, tg_sgemm_memory(sgemm, nullptr), "sgemm memory into NULL");
    const tg_status told = tg_sgemm_memory(sgemm, &memory);
    expect(!tells_memory(told) || memory.resident_bytes >= 4096, "a page of matrices");
    expect_status(TG_INVALID_ARGUMENT, tg_sgemm_matrix(sgemm, 3, one.data(), 1), "matrix 3");
    expect_status(TG_INVALID_ARGUMENT, tg_sgemm_matrix(sgemm, 2, one.data(), 2), "two elements of one");
    expect_status(TG_OK, tg_sgemm_run(sgemm), "run");
    expect_status(TG_OK, tg_sgemm_destroy(sgemm), "destroy");
}

void has_a_text_for_every_status() {
    for (int32_t status = -1; status <= TG_FORKED + 1; status++) {
        expect(std::strlen(tg_status_text(status)) > 1, "a text for status " + std::to_string(status));
    }
    expect(tg_isa_supported(TG_ISA_PORTABLE, TG_INT8) == 1, "portable kernels everywhere");
    expect(tg_isa_supported(TG_ISA_AMX, TG_FP32) == 0, "no AMX in FP32");
    expect(tg_isa_supported(TG_ISA_AVX_VNNI, TG_FP32) == 0, "no AVX-VNNI in FP32");
    expect(tg_isa_supported(77, TG_FP32) == 0 && tg_isa_supported(TG_ISA_BEST, 77) == 0, "no unknown numbers");
}

}  // namespace

int main() {
    create_checks_every_option();
    takes_null_everywhere();
    checks_sizes_and_alignment();
    tells_where_memory_is();
    gives_huge_pages_on_node_0();
    lets_one_caller_in_at_a_time();
    counts_what_each_worker_does();
    is_not_destroyed_under_a_run();
    two_networks_run_at_once_on_the_same_cpus();
    answers_in_a_forked_child();
    sgemm_checks_its_sizes();
    has_a_text_for_every_status();
    return exit_code();
}
