// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Seeded random calls of the C ABI, most of them wrong: no call may crash, each returns a status that its arguments
// allow, each failure has a sentence of its own, and what failed changes nothing. A handle that lives is used with every
// call, also while another thread runs it. The same seed makes the same calls on every machine with as many CPUs.
//
//   abi_fuzz_tests [calls [seed]]

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "expect.h"
#include "include/tailgate_kernels.h"
#include "network/random.h"

using namespace tailgate;
using namespace tailgate::test;

namespace {

constexpr int32_t kImageSize = 32, kWidthDivisor = 4;  // the smallest network that there is
constexpr int64_t kPixels = kImageSize * kImageSize * 3;
constexpr int64_t kLogits = 1000;
constexpr int32_t kSide = 5;  // of the SGEMM's matrices
constexpr size_t kRoom = 4096;

std::vector<int32_t> allowed() {
    int32_t count = 0;
    tg_allowed_cpus(nullptr, 0, &count);
    std::vector<int32_t> cpus((size_t)count);
    tg_allowed_cpus(cpus.data(), count, &count);
    return cpus;
}

/// Arguments: what is right, what is nearly right, and the ends of the type.
class Arguments {
  public:
    explicit Arguments(uint64_t seed) : random_(seed) {}

    int32_t below(int32_t end) { return (int32_t)(random_.next() % (uint64_t)end); }
    bool chance(int32_t percent) { return below(100) < percent; }

    /// Mostly `right`, else something near it or far from it.
    template <typename T>
    T number(T right) {
        if (chance(70)) return right;
        const T others[] = {0, -1, 1, (T)(right - 1), (T)(right + 1), (T)(right * 2), std::numeric_limits<T>::min(),
                            std::numeric_limits<T>::max()};
        return others[below((int32_t)std::size(others))];
    }

    int32_t between(int32_t least, int32_t most) { return least + below(most - least + 1); }

    /// Mostly `start`, else NULL, or not aligned.
    template <typename T>
    T* pointer(T* start) {
        if (chance(85)) return start;
        if (chance(50)) return nullptr;
        return reinterpret_cast<T*>(reinterpret_cast<uintptr_t>(start) + (uintptr_t)between(1, (int32_t)alignof(T) - 1));
    }

  private:
    Random random_;
};

template <typename T>
bool usable(const T* pointer) {
    return pointer != nullptr && reinterpret_cast<uintptr_t>(pointer) % alignof(T) == 0;
}

class Fuzzer {
  public:
    explicit Fuzzer(uint64_t seed) : seed_(seed), any_(seed), cpus_(allowed()) {
        const tg_network_options options = right_options();
        expect(tg_network_create(&options, &network_) == TG_OK, std::string("a network, found ") + tg_last_error());
        expect(
            tg_sgemm_create(kSide, kSide, kSide, TG_ISA_BEST, 0, -1, cpus_.data(), 1, &sgemm_) == TG_OK,
            std::string("an sgemm, found ") + tg_last_error());
    }

    ~Fuzzer() {
        expect(tg_network_destroy(network_) == TG_OK, "the network to be destroyed");
        expect(tg_sgemm_destroy(sgemm_) == TG_OK, "the sgemm to be destroyed");
    }

    void call(int number) {
        name_ = "seed " + std::to_string(seed_) + ", call " + std::to_string(number) + ": ";
        switch (any_.below(11)) {
            case 0: create_network(); return;
            case 1: create_sgemm(); return;
            case 2: run_layer(); return;
            case 3: input_u8(); return;
            case 4: input_f32(); return;
            case 5: logits(); return;
            case 6: matrix(); return;
            case 7: thread_ids(); return;
            case 8: allowed_cpus(); return;
            case 9: questions(); return;
            default: runs(); return;
        }
    }

    /// Calls from this thread while another one runs the network: they are refused or they succeed.
    void call_while_busy(int calls) {
        name_ = "while busy: ";
        std::atomic<bool> stop{false};
        std::atomic<int> runs{0};
        std::thread runner([&] {
            while (!stop.load()) runs += tg_network_run(network_) == TG_OK;
        });
        const int32_t layers = tg_network_layer_count(network_);
        int refused = 0;
        for (int i = 0; i < calls || refused == 0 || runs == 0; i++) {
            const tg_status status = i % 3 == 0   ? tg_network_run_layer(network_, i % layers)
                                     : i % 3 == 1 ? tg_network_set_input_f32(network_, floats_.data(), kPixels)
                                                  : tg_network_logits(network_, floats_.data(), kLogits);
            expect(status == TG_OK || status == TG_BUSY, name_ + "ok or busy, found " + std::to_string(status));
            refused += status == TG_BUSY;
            if (status == TG_BUSY) std::this_thread::yield();
        }
        stop = true;
        runner.join();
    }

  private:
    tg_network_options right_options() const {
        return {TG_FP32, TG_AUTO, TG_ISA_BEST, 1, kImageSize, kWidthDivisor, 0, -1, 1, cpus_.data()};
    }

    /// Of the two, the one that `valid` says; a failure with a sentence.
    void expect_status(const std::string& what, bool valid, tg_status found) {
        const bool refused = found == TG_INVALID_ARGUMENT || found == TG_CPU_NOT_ALLOWED || found == TG_UNSUPPORTED;
        expect(
            valid ? found == TG_OK : refused,
            name_ + what + (valid ? " to succeed" : " to be refused") + ", found " + std::to_string(found) + " (" +
                tg_last_error() + ")");
        if (found != TG_OK) expect(std::strlen(tg_last_error()) > 10, name_ + what + ": a sentence");
    }

    void create_network() {
        cpu_list_ = {any_.number(cpus_[0]), any_.chance(50) ? cpus_[0] : -5};
        tg_network_options options = right_options();
        options.precision = any_.number(any_.below(2));
        options.algorithm = any_.number(any_.below(3));
        options.isa = any_.number(any_.below(7));
        options.batch = any_.number(1);
        options.image_size = any_.number(kImageSize);
        options.width_divisor = any_.number(kWidthDivisor);
        options.huge_pages = any_.number(0);
        options.memory_node = any_.number(-1);
        options.cpu_count = std::min(any_.number(1), 2);
        options.cpus = any_.chance(90) ? cpu_list_.data() : nullptr;
        auto* network = reinterpret_cast<tg_network*>(this);  // to be overwritten, with NULL when the call fails
        const tg_network_options* given = any_.pointer(&options);
        tg_network** place = any_.pointer(&network);
        const tg_status status = tg_network_create(given, place);
        expect_status("create", usable(given) && usable(place) && is_valid(options), status);
        if (!usable(place)) return;
        expect((network != nullptr) == (status == TG_OK), name_ + "a handle exactly when create succeeds");
        // Now and then the one that lived dies, and the new one is what the next calls use.
        const bool alike = options.batch == 1 && options.image_size == kImageSize && options.cpu_count == 1;
        if (network != nullptr && alike) std::swap(network, network_);
        expect(tg_network_destroy(network) == TG_OK, name_ + "destroy");
    }

    bool is_valid(const tg_network_options& o) const {
        const bool precision = o.precision == TG_FP32 || o.precision == TG_INT8;
        const bool algorithm = o.algorithm == TG_AUTO || o.algorithm == TG_DIRECT ||
                               (o.algorithm == TG_WINOGRAD && o.precision == TG_FP32);
        const bool sizes = o.batch >= 1 && o.batch <= 1024 && (o.image_size == 32 || o.image_size == 64) &&
                           (o.width_divisor == 1 || o.width_divisor == 2 || o.width_divisor == 4);
        return precision && algorithm && sizes && is_memory(o.huge_pages, o.memory_node) && tg_isa_supported(o.isa, o.precision) == 1 &&
               are_valid(o.cpus, o.cpu_count);
    }

    /// What memory this place gives: an emulator may have no nodes, a container no huge pages.
    bool gives(int32_t huge_pages, int32_t node) const {
        tg_sgemm* sgemm = nullptr;
        const tg_status status = tg_sgemm_create(1, 1, 1, TG_ISA_BEST, huge_pages, node, cpus_.data(), 1, &sgemm);
        tg_sgemm_destroy(sgemm);
        return status == TG_OK;
    }

    bool is_memory(int32_t huge_pages, int32_t node) const {
        const bool pages = huge_pages == 0 || (huge_pages == 1 && gives_huge_pages_);
        return pages && (node == -1 || (node == 0 && gives_node_[0]) || (node == 1 && gives_node_[1]));
    }

    bool are_valid(const int32_t* list, int32_t count) const {
        if (list == nullptr || count < 1) return false;
        for (int32_t i = 0; i < count; i++) {
            const bool there = std::find(cpus_.begin(), cpus_.end(), list[i]) != cpus_.end();
            if (!there || std::count(list, list + count, list[i]) > 1) return false;
        }
        return true;
    }

    void create_sgemm() {
        cpu_list_ = {any_.number(cpus_[0]), any_.chance(50) ? cpus_[0] : 100000};
        const int32_t m = any_.number(kSide), n = any_.number(kSide), k = any_.number(kSide);
        const int32_t isa = any_.number(any_.below(7)), count = std::min(any_.number(1), 2);
        const int32_t huge = any_.number(0), node = any_.number(-1);
        const int32_t* list = any_.chance(90) ? cpu_list_.data() : nullptr;
        auto* sgemm = reinterpret_cast<tg_sgemm*>(this);
        const tg_status status = tg_sgemm_create(m, n, k, isa, huge, node, list, count, &sgemm);
        auto fits = [](int32_t side) { return side >= 1 && side <= 65536; };
        const bool valid =
            fits(m) && fits(n) && fits(k) && is_memory(huge, node) && tg_isa_supported(isa, TG_FP32) == 1 && are_valid(list, count);
        expect_status("sgemm create", valid, status);
        expect((sgemm != nullptr) == (status == TG_OK), name_ + "a handle exactly when create succeeds");
        expect(tg_sgemm_destroy(sgemm) == TG_OK, name_ + "destroy");
    }

    void run_layer() {
        const int32_t layers = tg_network_layer_count(network_);
        const int32_t layer = any_.number(any_.below(layers));
        tg_network* of = any_.chance(90) ? network_ : nullptr;
        expect_status(
            "run_layer " + std::to_string(layer), of != nullptr && layer >= 0 && layer < layers,
            tg_network_run_layer(of, layer));
        const bool there = layer >= 0 && layer < layers;
        expect((tg_network_layer_name(network_, layer) != nullptr) == there, name_ + "a name if there is the layer");
        expect((tg_network_layer_shape(network_, layer) != nullptr) == there, name_ + "a shape if there is the layer");
        expect(there || tg_network_layer_flops(network_, layer) == 0, name_ + "no operations where there is no layer");
    }

    void input_u8() {
        const uint8_t* pixels = any_.chance(90) ? bytes_.data() + any_.below(4) : nullptr;  // any alignment will do
        const int64_t count = any_.number(kPixels);
        tg_network* of = any_.chance(90) ? network_ : nullptr;
        expect_status(
            "input of bytes", of != nullptr && pixels != nullptr && count == kPixels,
            tg_network_set_input_u8(of, pixels, count));
    }

    void input_f32() {
        const float* pixels = any_.pointer(floats_.data());
        const int64_t count = any_.number(kPixels);
        expect_status(
            "input of floats", usable(pixels) && count == kPixels, tg_network_set_input_f32(network_, pixels, count));
    }

    void logits() {
        float* into = any_.pointer(floats_.data());
        const int64_t count = any_.number(kLogits);
        const tg_network* of = any_.chance(90) ? network_ : nullptr;
        expect_status(
            "logits", of != nullptr && usable(into) && count == kLogits, tg_network_logits(of, into, count));
    }

    void matrix() {
        float* into = any_.pointer(floats_.data());
        const int32_t which = any_.number(any_.below(3));
        const int64_t count = any_.number((int64_t)kSide * kSide);
        const tg_sgemm* of = any_.chance(90) ? sgemm_ : nullptr;
        expect_status(
            "matrix", of != nullptr && usable(into) && which >= 0 && which <= 2 && count == kSide * kSide,
            tg_sgemm_matrix(of, which, into, count));
    }

    void thread_ids() {
        int64_t* into = any_.pointer(ids_.data());
        const int32_t count = any_.number(1);
        const bool valid = usable(into) && count == 1;
        expect_status("thread ids", valid, tg_network_thread_ids(network_, into, count));
        expect_status("sgemm's thread ids", valid, tg_sgemm_thread_ids(sgemm_, into, count));
        expect_status("thread ids of NULL", false, tg_network_thread_ids(nullptr, into, count));
        tg_worker_counters* counters = any_.pointer(&counters_);
        expect_status(
            "worker counters", usable(counters) && count == 1,
            tg_network_worker_counters(network_, counters, count));
    }

    void allowed_cpus() {
        int32_t* into = any_.pointer(cpu_room_.data());
        int32_t count = -1;
        int32_t* found = any_.pointer(&count);
        const int32_t capacity = any_.number((int32_t)cpu_room_.size());
        if (capacity > (int32_t)cpu_room_.size()) return;  // who lies about room cannot be caught
        const bool valid = usable(found) && capacity >= 0 && (capacity == 0 || usable(into));
        expect_status("allowed cpus", valid, tg_allowed_cpus(into, capacity, found));
        if (valid) expect(count == (int32_t)cpus_.size(), name_ + "as many CPUs as there are");
    }

    void questions() {
        const int32_t isa = any_.number(any_.below(7)), precision = any_.number(any_.below(2));
        const int32_t supported = tg_isa_supported(isa, precision);
        const bool known = isa >= 0 && isa <= TG_ISA_NEON && precision >= 0 && precision <= 1;
        expect(supported == 0 || (supported == 1 && known), name_ + "0, or 1 of what is known");
        expect(std::strlen(tg_status_text(any_.number(3))) > 1, name_ + "a text for any status");
        expect(tg_network_layer_count(nullptr) == 0, name_ + "no layers in NULL");
        expect(tg_network_isa_name(nullptr) == nullptr, name_ + "no instruction set in NULL");
    }

    void runs() {
        expect_status("run", true, tg_network_run(network_));
        expect_status("run of NULL", false, tg_network_run(nullptr));
        expect_status("sgemm run", true, tg_sgemm_run(sgemm_));
        expect_status("sgemm run of NULL", false, tg_sgemm_run(nullptr));
        expect(tg_network_destroy(nullptr) == TG_OK && tg_sgemm_destroy(nullptr) == TG_OK, name_ + "destroy of NULL");
    }

    const uint64_t seed_;
    Arguments any_;
    const std::vector<int32_t> cpus_;
    std::string name_;
    const bool gives_huge_pages_ = gives(1, -1);
    const bool gives_node_[2] = {gives(0, 0), gives(0, 1)};
    tg_network* network_ = nullptr;
    tg_sgemm* sgemm_ = nullptr;
    // Exactly as large as the calls above may say, so that AddressSanitizer sees whatever goes past the end.
    std::vector<uint8_t> bytes_ = std::vector<uint8_t>((size_t)kPixels + 3, 7);
    std::vector<float> floats_ = std::vector<float>((size_t)kPixels, 0.5f);
    std::vector<int64_t> ids_ = std::vector<int64_t>(1);
    tg_worker_counters counters_{};
    std::vector<int32_t> cpu_list_, cpu_room_ = std::vector<int32_t>(kRoom);
};

}  // namespace

int main(int argc, char** argv) {
    const int calls = argc > 1 ? std::atoi(argv[1]) : 1000;
    const uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    Fuzzer fuzzer(seed);
    for (int number = 0; number < calls && failures < 20; number++) fuzzer.call(number);
    fuzzer.call_while_busy(100);
    return exit_code();
}
