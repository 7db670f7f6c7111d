// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "peak.h"

#include <array>
#include <memory>
#include <vector>

#include "benchmark_abi.h"
#include "dispatch/cpu_features.h"
#include "network/abi_call.h"

using namespace tailgate;
using namespace tailgate::benchmark;

namespace {

struct Instruction {
    const char* name;
    double (*loop)(double operations);
    bool (*runs_here)();
    double operations;  ///< about 20 ms of them
};

// In the order of tgb_instruction.
const std::array<Instruction, 5> kInstructions{{
    {"FMA, AVX2", peak_f32_avx2, cpu_has_avx2, 2e9},
    {"FMA, AVX-512", peak_f32_avx512, cpu_has_avx512, 4e9},
    {"vpmaddubsw, AVX2", peak_int8_avx2, cpu_has_avx2, 4e9},
    {"vpdpbusd, AVX-512 VNNI", peak_int8_avx512vnni, cpu_has_avx512_vnni, 16e9},
    {"tdpbusd, AMX", peak_int8_amx, may_use_amx_int8, 60e9},
}};

}  // namespace

struct tgb_peak {
    const Instruction& instruction;
    ThreadPool pool;
    std::vector<double> operations;  // of each worker
    ThreadPool::Job run;
};

tg_status tgb_peak_create(int32_t instruction, const int32_t* cpus, int32_t cpu_count, tgb_peak** peak) {
    return guarded([&] {
        require_range("instruction", instruction, 0, (int64_t)kInstructions.size() - 1);
        const Instruction& wanted = kInstructions[(size_t)instruction];
        if (!wanted.runs_here()) {
            throw StatusError(TG_UNSUPPORTED, std::string("this CPU or Linux has no ") + wanted.name);
        }
        const auto list = checked_cpus(cpus, cpu_count);
        std::unique_ptr<tgb_peak> made(new tgb_peak{wanted, ThreadPool(list), std::vector<double>(list.size()), {}});
        tgb_peak& self = *made;
        self.run = [&self](int worker) {
            self.operations[(size_t)worker] = self.instruction.loop(self.instruction.operations);
        };
        *peak = made.release();
    });
}

void tgb_peak_destroy(tgb_peak* peak) { delete peak; }

const char* tgb_peak_name(const tgb_peak* peak) { return peak->instruction.name; }

tg_status tgb_peak_run(tgb_peak* peak) {
    return guarded([&] { peak->pool.run(peak->run); });
}

double tgb_peak_operations(const tgb_peak* peak) {
    double sum = 0;
    for (double operations : peak->operations) sum += operations;
    return sum;
}
