// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Every FP32 table that this CPU can run, against the plain reference: seeded random shapes with odd edges, computed in
// parts, between guards that must not change. Prints one line for each failure and returns non-zero.
//
//   f32_tests [random shapes]

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "../../main/c/conv/f32_kernels.h"
#include "../../main/c/conv/f32_reference.h"

namespace tailgate {
namespace {

/// Of the sum of absolute products. Rounding errors of a sum mostly cancel: 2.5e-7 is the largest seen here, and an
/// error in one product of a hundred would be ten thousand times the bound.
constexpr float kDirectBound = 1e-6f;
/// Winograd adds and subtracts numbers up to 100 times as large as the result; 2.5e-6 is the largest seen here.
constexpr float kWinogradBound = 1e-5f;
/// No kernel may leave this in its part or change it elsewhere.
constexpr float kUntouched = -12345.678f;
constexpr size_t kGuard = 64;
#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kGuardAfter = 0;  // AddressSanitizer guards the end, and against reading, too
#else
constexpr size_t kGuardAfter = kGuard;
#endif

uint64_t shapes = 120;
int failures = 0;
int checks = 0;

void check(bool ok, const std::string& what) {
    ++checks;
    if (!ok) {
        ++failures;
        std::printf("FAILED %s\n", what.c_str());
    }
}

/// Numbers that a seed determines on every machine.
class Random {
public:
    explicit Random(uint64_t seed) : state_(seed) {}

    int32_t between(int32_t low, int32_t high) {
        return low + static_cast<int32_t>(next() % static_cast<uint64_t>(high - low + 1));
    }
    float unit() { return static_cast<float>(static_cast<int64_t>(next() >> 40)) / 8388608.0f - 1.0f; }
    bool coin() { return between(0, 1) == 1; }

private:
    uint64_t next() {  // SplitMix64
        uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    uint64_t state_;
};

/// Aligned floats between two guards. Under AddressSanitizer they end where the memory ends, so that it sees a read past
/// the end, if not a masked one, which it does not look at.
class Floats {
public:
    explicit Floats(size_t count) : count_(count) {
        void* memory = nullptr;
        if (posix_memalign(&memory, kAlignment, (kGuard + count + kGuardAfter) * sizeof(float)) != 0) {
            std::abort();
        }
        all_.reset(static_cast<float*>(memory));
        fill(kUntouched);
    }
    Floats(size_t count, Random& random) : Floats(count) {
        for (size_t i = 0; i < count_; ++i) {
            data()[i] = random.unit();
        }
    }

    float* data() { return all_.get() + kGuard; }
    size_t size() const { return count_; }
    float& operator[](size_t i) { return data()[i]; }
    void fill(float value) { std::fill_n(all_.get(), kGuard + count_ + kGuardAfter, value); }

    bool guards_intact() const {
        const auto untouched = [](float value) { return value == kUntouched; };
        const float* end = all_.get() + kGuard + count_;
        return std::all_of(all_.get(), all_.get() + kGuard, untouched) && std::all_of(end, end + kGuardAfter, untouched);
    }

private:
    struct Free {
        void operator()(float* p) const { std::free(p); }
    };
    size_t count_;
    std::unique_ptr<float[], Free> all_;
};

/// The larger error; infinity for NaN, which would compare as no error at all.
float larger(float worst, float error) { return std::isnan(error) ? INFINITY : std::max(worst, error); }

std::string text(const ConvShape& s) {
    char line[160];
    std::snprintf(
        line, sizeof line, "%d x %dx%dx%d -> %d, kernel %d, stride %d, padding %d", s.batch, s.height, s.width,
        s.channels_in, s.channels_out, s.kernel, s.stride, s.padding);
    return line;
}

size_t in_floats(const ConvShape& s) {
    return static_cast<size_t>(s.batch) * static_cast<size_t>(s.height * s.width) * static_cast<size_t>(s.channels_in);
}

size_t out_floats(const ConvShape& s) {
    return static_cast<size_t>(s.rows()) * static_cast<size_t>(s.out_width() * s.channels_out);
}

enum class Residual { kNone, kOther, kInPlace };

/// Inputs of one random convolution, and what the reference makes of them.
struct ConvCase {
    ConvCase(const ConvShape& s, Residual r, bool with_relu, Random& random)
        : shape(s),
          residual_kind(r),
          relu(with_relu),
          src(in_floats(s), random),
          weights(static_cast<size_t>(s.channels_out * s.channels_in * s.kernel * s.kernel), random),
          bias(static_cast<size_t>(s.channels_out), random),
          residual(out_floats(s), random),
          expected(out_floats(s)),
          magnitude(out_floats(s)) {
        const float* start = r == Residual::kNone ? nullptr : residual.data();
        reference::convolve(
            s, src.data(), weights.data(), bias.data(), start, relu, expected.data(), magnitude.data());
    }

    ConvShape shape;
    Residual residual_kind;
    bool relu;
    Floats src, weights, bias, residual, expected, magnitude;
};

/// Begin or end of a part: any multiple of `step` up to `end`, or `end`.
int32_t cut(Random& random, int32_t step, int32_t low, int32_t end) {
    const int32_t at = low + random.between(0, (end - low + step - 1) / step) * step;
    return at < end ? at : end;
}

ConvPart random_part(const F32Kernels& table, const ConvShape& s, F32Algorithm algorithm, Random& random) {
    ConvPart part{};
    const int32_t row_step = table.row_step(s, algorithm);
    const int32_t channel_step = table.channel_step(s, algorithm);
    part.row_begin = random.coin() ? 0 : cut(random, row_step, 0, s.rows());
    part.row_end = random.coin() ? s.rows() : cut(random, row_step, part.row_begin, s.rows());
    part.channel_begin = random.coin() ? 0 : cut(random, channel_step, 0, s.channels_out);
    part.channel_end =
        random.coin() ? s.channels_out : cut(random, channel_step, part.channel_begin, s.channels_out);
    return part;
}

/// Compares dst with the reference inside the part and with what it was before outside.
void compare(ConvCase& c, const ConvPart& part, float bound, Floats& dst, const std::string& name) {
    const ConvShape& s = c.shape;
    float worst = 0.0f;
    bool outside_intact = true;
    for (size_t i = 0; i < dst.size(); ++i) {
        const int32_t channel = static_cast<int32_t>(i % static_cast<size_t>(s.channels_out));
        const int32_t row = static_cast<int32_t>(i / static_cast<size_t>(s.out_width() * s.channels_out));
        if (row >= part.row_begin && row < part.row_end && channel >= part.channel_begin &&
            channel < part.channel_end) {
            const float error = std::abs(dst[i] - c.expected[i]) / (c.magnitude[i] + 1e-30f);
            worst = larger(worst, error);
        } else {
            const float before = c.residual_kind == Residual::kInPlace ? c.residual[i] : kUntouched;
            outside_intact = outside_intact && dst[i] == before;
        }
    }
    char line[160];
    std::snprintf(
        line, sizeof line, ", rows %d-%d, channels %d-%d: error %.3g, bound %.3g", part.row_begin, part.row_end,
        part.channel_begin, part.channel_end, static_cast<double>(worst), static_cast<double>(bound));
    check(worst <= bound, name + line);
    check(outside_intact, name + line + " (changed an element outside the part)");
    check(dst.guards_intact(), name + line + " (wrote outside dst)");
}

void check_part(const F32Kernels& table, F32Algorithm algorithm, ConvCase& c, Random& random, uint64_t seed) {
    const std::string name = std::string(table.name) +
                             (algorithm == F32Algorithm::kWinograd ? " Winograd, " : " direct, ") + text(c.shape) +
                             ", seed " + std::to_string(seed);
    Floats packed(table.packed_floats(c.shape, algorithm));
    table.pack(c.shape, algorithm, c.weights.data(), packed.data());
    check(packed.guards_intact(), name + ": pack wrote outside its floats");

    const ConvPart part = random_part(table, c.shape, algorithm, random);
    const size_t bytes = table.scratch_bytes(c.shape, algorithm, part.row_end - part.row_begin);
    Floats scratch((bytes + sizeof(float) - 1) / sizeof(float));
    Floats dst(out_floats(c.shape));
    const float* residual = nullptr;
    if (c.residual_kind == Residual::kInPlace) {
        std::memcpy(dst.data(), c.residual.data(), dst.size() * sizeof(float));
        residual = dst.data();
    } else if (c.residual_kind == Residual::kOther) {
        residual = c.residual.data();
    }
    const F32Conv conv{c.shape, algorithm, packed.data(), c.bias.data(), residual, c.relu};
    table.convolve(conv, part, c.src.data(), dst.data(), scratch.data());
    compare(c, part, algorithm == F32Algorithm::kWinograd ? kWinogradBound : kDirectBound, dst, name);
    check(scratch.guards_intact(), name + ": wrote outside the scratch");
}

void check_shape(const F32Kernels& table, const ConvShape& shape, uint64_t seed) {
    Random random(seed);
    ConvCase c(shape, static_cast<Residual>(random.between(0, 2)), random.coin(), random);
    check(table.supports(shape, F32Algorithm::kDirect), std::string(table.name) + " refuses direct " + text(shape));
    for (const F32Algorithm algorithm : {F32Algorithm::kDirect, F32Algorithm::kWinograd}) {
        for (int part = 0; part < 3 && table.supports(shape, algorithm); ++part) {
            check_part(table, algorithm, c, random, seed);
        }
    }
}

ConvShape random_shape(Random& random) {
    static constexpr int32_t kernels[] = {1, 1, 3, 3, 5, 7};
    ConvShape s{};
    s.batch = random.between(1, 3);
    s.kernel = kernels[random.between(0, 5)];
    s.stride = random.between(1, 2);
    s.padding = random.coin() ? s.kernel / 2 : random.between(0, s.kernel);
    const int32_t least = s.kernel > 2 * s.padding ? s.kernel - 2 * s.padding : 1;
    s.height = random.between(least, least + 12);
    s.width = random.between(least, least + 12);
    s.channels_in = random.coin() ? random.between(1, 40) : 16 * random.between(1, 12);
    s.channels_out = random.coin() ? random.between(1, 80) : 64 * random.between(1, 2);
    return s;
}

void random_shapes_match(const F32Kernels& table) {
    for (uint64_t seed = 1; seed <= shapes; ++seed) {
        Random random(seed);
        check_shape(table, random_shape(random), seed);
    }
}

void shapes_of_the_network_match(const F32Kernels& table) {
    static constexpr ConvShape of_the_network[] = {
        {1, 56, 56, 64, 64, 1, 1, 0},   {1, 56, 56, 64, 64, 3, 1, 1},     {2, 28, 28, 64, 128, 1, 2, 0},
        {2, 14, 14, 128, 128, 3, 1, 1}, {2, 7, 7, 256, 192, 3, 1, 1},     {3, 7, 7, 512, 128, 1, 1, 0},
        {1, 14, 14, 1024, 64, 1, 1, 0}, {1, 14, 14, 128, 512, 1, 1, 0},   {1, 56, 56, 3, 64, 7, 2, 3},
        {1, 1, 1, 17, 33, 3, 1, 1},     {1, 1, 1, 5, 3, 7, 2, 3},         {2, 3, 2, 33, 65, 3, 1, 1},
        {1, 16, 16, 64, 64, 3, 1, 1},   {4, 5, 9, 48, 72, 3, 1, 1},       {1, 13, 15, 32, 64, 3, 1, 1},
        {1, 7, 5, 100, 160, 3, 1, 1},   {1, 27, 28, 128, 128, 3, 1, 1},   {4, 15, 13, 130, 128, 3, 1, 1},
    };
    for (const ConvShape& shape : of_the_network) {
        check_shape(table, shape, 1000);
    }
}

void only_winograd_shapes_are_winograd(const F32Kernels& table) {
    const ConvShape fits{1, 8, 8, 16, 16, 3, 1, 1};
    ConvShape strided = fits, unpadded = fits, larger_kernel = fits;
    strided.stride = 2;
    unpadded.padding = 0;
    larger_kernel.kernel = 5;
    check(table.supports(fits, F32Algorithm::kWinograd), std::string(table.name) + " refuses Winograd 3x3");
    for (const ConvShape& shape : {strided, unpadded, larger_kernel}) {
        const bool refused = !table.supports(shape, F32Algorithm::kWinograd);
        check(refused, std::string(table.name) + " takes as Winograd " + text(shape));
    }
}

/// A ReLU written as max(x, 0) would turn NaN into 0 and hide a broken layer.
void relu_keeps_nan(const F32Kernels& table) {
    for (const int32_t kernel : {1, 3}) {
        const ConvShape s{1, 4, 4, 16, 16, kernel, 1, kernel / 2};
        for (const F32Algorithm algorithm : {F32Algorithm::kDirect, F32Algorithm::kWinograd}) {
            if (!table.supports(s, algorithm)) {
                continue;
            }
            Random random(1);
            Floats src(in_floats(s), random), dst(out_floats(s)), bias(16, random);
            Floats weights(static_cast<size_t>(256 * kernel * kernel), random);
            Floats packed(table.packed_floats(s, algorithm));
            Floats scratch(table.scratch_bytes(s, algorithm, s.rows()) / sizeof(float));
            table.pack(s, algorithm, weights.data(), packed.data());
            src[5 * 16] = NAN;  // a pixel in the middle
            const F32Conv conv{s, algorithm, packed.data(), bias.data(), nullptr, true};
            table.convolve(conv, {0, s.rows(), 0, 16}, src.data(), dst.data(), scratch.data());
            check(std::isnan(dst[5 * 16]), std::string(table.name) + " ReLU hides NaN, " + text(s));
        }
    }
}

void pooling_matches(const F32Kernels& table) {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        const int32_t batch = random.between(1, 3), height = random.between(1, 17), width = random.between(1, 17);
        ConvShape s{batch, height, width, random.between(1, 70), 0, 3, 2, 1};
        s.channels_out = s.channels_in;
        Floats src(in_floats(s), random), dst(out_floats(s)), expected(out_floats(s));
        const int32_t begin = random.between(0, s.rows());
        const int32_t end = random.between(begin, s.rows());
        const size_t row_floats = static_cast<size_t>(s.out_width() * s.channels_in);
        reference::max_pool(s, src.data(), expected.data());
        table.max_pool(s, begin, end, src.data(), dst.data());
        bool equal = dst.guards_intact();
        for (size_t i = 0; i < dst.size(); ++i) {
            const int32_t row = static_cast<int32_t>(i / row_floats);
            equal = equal && dst[i] == (row >= begin && row < end ? expected[i] : kUntouched);
        }
        check(equal, std::string(table.name) + " max_pool, " + text(s) + ", seed " + std::to_string(seed));

        const int32_t pixels = s.height * s.width;
        Floats means(static_cast<size_t>(s.batch * s.channels_in)), expected_means(means.size());
        reference::average_pool(s.batch, pixels, s.channels_in, src.data(), expected_means.data());
        table.average_pool(s.batch - 1, s.batch, pixels, s.channels_in, src.data(), means.data());
        equal = means.guards_intact();
        for (size_t i = 0; i < means.size(); ++i) {
            const bool computed = i >= static_cast<size_t>((s.batch - 1) * s.channels_in);
            equal = equal && (computed ? std::abs(means[i] - expected_means[i]) < 1e-5f : means[i] == kUntouched);
        }
        check(equal, std::string(table.name) + " average_pool, " + text(s) + ", seed " + std::to_string(seed));
    }
}

/// Largest |got - expected| over columns [begin, end) of rows; infinity where another column changed.
float worst_error(Floats& got, Floats& expected, int32_t columns, int32_t begin, int32_t end) {
    float worst = got.guards_intact() ? 0.0f : INFINITY;
    for (size_t i = 0; i < got.size(); ++i) {
        const int32_t column = static_cast<int32_t>(i % static_cast<size_t>(columns));
        const bool computed = column >= begin && column < end;
        const float error = computed ? std::abs(got[i] - expected[i]) : got[i] == kUntouched ? 0.0f : INFINITY;
        worst = larger(worst, error);
    }
    return worst;
}

void fully_connected_matches(const F32Kernels& table) {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        const int32_t images = random.between(1, 9), ins = random.between(1, 300), outs = random.between(1, 200);
        const int32_t begin = cut(random, 16, 0, outs), end = cut(random, 16, begin, outs);
        const auto count = [](int32_t a, int32_t b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
        Floats src(count(images, ins), random), weights(count(ins, outs), random), bias(count(outs, 1), random);
        Floats dst(count(images, outs)), expected(count(images, outs));
        reference::fully_connected(images, ins, outs, src.data(), weights.data(), bias.data(), expected.data());
        table.fully_connected(images, ins, outs, begin, end, src.data(), weights.data(), bias.data(), dst.data());
        check(
            worst_error(dst, expected, outs, begin, end) <= kDirectBound * static_cast<float>(ins + 1),
            std::string(table.name) + " fully_connected, seed " + std::to_string(seed));
    }
}

void sgemm_matches(const F32Kernels& table) {
    for (uint64_t seed = 1; seed <= 30; ++seed) {
        Random random(seed);
        const int32_t widest = seed % 10 == 0 ? 1100 : 200;  // several blocks of columns
        const int32_t m = random.between(1, 260), n = random.between(1, widest), k = random.between(1, 600);
        const int32_t begin = random.between(0, m), end = random.between(begin, m);
        const auto count = [](int32_t a, int32_t b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
        Floats a(count(m, k), random), b(count(k, n), random), c(count(m, n)), expected(count(m, n));
        Floats packed(table.sgemm_packed_floats(n, k));
        table.sgemm_pack(n, k, b.data(), packed.data());
        reference::sgemm(m, n, k, a.data(), b.data(), expected.data());
        table.sgemm(begin, end, n, k, a.data(), packed.data(), c.data());
        const float error = worst_error(c, expected, m * n, begin * n, end * n);
        check(
            error <= kDirectBound * static_cast<float>(k) && packed.guards_intact(),
            std::string(table.name) + " sgemm, seed " + std::to_string(seed) + ", error " + std::to_string(error));
    }
}

void check_table(const F32Kernels& table, bool supported) {
    if (!supported) {
        std::printf("skipped %s: this CPU lacks its instructions\n", table.name);
        return;
    }
    const int before = checks;
    random_shapes_match(table);
    shapes_of_the_network_match(table);
    only_winograd_shapes_are_winograd(table);
    relu_keeps_nan(table);
    pooling_matches(table);
    fully_connected_matches(table);
    sgemm_matches(table);
    std::printf("%s: %d checks\n", table.name, checks - before);
}

}  // namespace
}  // namespace tailgate

int main(int argc, char** argv) {
    using namespace tailgate;
    if (argc > 1) {
        shapes = std::strtoul(argv[1], nullptr, 10);
    }
    check_table(kF32Portable, true);
#if defined(__aarch64__)
    check_table(kF32Neon, true);
#elif defined(__x86_64__)
    check_table(kF32Avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
    check_table(
        kF32Avx512, __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"));
#endif
    std::printf("%d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
