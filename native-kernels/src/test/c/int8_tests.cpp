// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Every INT8 table that this CPU runs, bit for bit against int8_reference over seeded random shapes, and the reference
// itself against values worked out by hand. Output buffers are compared whole: guard bytes, border and the pixels and
// channels outside the part must keep what they had.
//
//   int8_tests [shapes [first seed]]

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "../../main/c/conv/int8_amx_permission.h"
#include "../../main/c/conv/int8_kernels.h"
#include "../../main/c/conv/int8_reference.h"

namespace tailgate {
// not there if the compiler lacks the instructions
extern const Int8Kernels kInt8AmxInt8 __attribute__((weak));
extern const Int8Kernels kInt8AvxVnni __attribute__((weak));
}

namespace {

using namespace tailgate;

/// What int8_kernels.h promises to be readable after a buffer's end. Kernels may read it, and must not write it.
constexpr size_t kReadableAfterEnd = 256;

struct Free {
    void operator()(void* p) const { std::free(p); }
};

/// Aligned bytes with a guard after them.
class Buffer {
  public:
    explicit Buffer(size_t size, uint8_t fill = 0xA5)
        : size_(size), allocated_((size + kReadableAfterEnd + kAlignment - 1) / kAlignment * kAlignment),
          bytes_(static_cast<uint8_t*>(std::aligned_alloc(kAlignment, allocated_))) {
        std::memset(bytes_.get(), fill, allocated_);
    }

    template <typename T = uint8_t>
    T* as() const {
        return reinterpret_cast<T*>(bytes_.get());
    }
    size_t size() const { return size_; }
    size_t allocated() const { return allocated_; }
    void copy_from(const Buffer& other) { std::memcpy(bytes_.get(), other.bytes_.get(), allocated_); }

  private:
    size_t size_;
    size_t allocated_;
    std::unique_ptr<uint8_t, Free> bytes_;
};

class Random {
  public:
    explicit Random(uint32_t seed) : engine_(seed) {}
    int32_t in(int32_t low, int32_t high) { return low + (int32_t)(engine_() % (uint32_t)(high - low + 1)); }
    float real(float low, float high) { return low + (high - low) * (float)(engine_() >> 8) * 0x1p-24F; }
    bool chance(int32_t percent) { return in(1, 100) <= percent; }
    void fill(const Buffer& buffer) {
        for (size_t i = 0; i < buffer.size(); ++i) {
            buffer.as()[i] = (uint8_t)engine_();
        }
    }

  private:
    std::mt19937 engine_;
};

int failures = 0;

/// Compares all bytes, guard included; prints the first that differs.
void expect_same(const std::string& what, const Buffer& expected, const Buffer& actual) {
    for (size_t i = 0; i < expected.allocated(); ++i) {
        if (expected.as()[i] != actual.as()[i]) {
            std::printf(
                "FAILED %s: byte %zu of %zu%s is %d, expected %d\n", what.c_str(), i, expected.size(),
                i < expected.size() ? "" : " (guard)", actual.as()[i], expected.as()[i]);
            ++failures;
            return;
        }
    }
}

/// One random convolution with its buffers.
struct ConvCase {
    Int8Conv conv;
    ConvPart part;
    bool in_place;
    Buffer oihw, scale, bias, src, residual, dst;
};

ConvShape random_shape(Random& random) {
    static const int32_t kernels[] = {1, 1, 1, 3, 3, 7};
    ConvShape s = {};
    s.batch = random.in(1, 3);
    s.kernel = kernels[random.in(0, 5)];
    s.stride = random.in(1, 2);
    s.padding = random.chance(70) ? s.kernel / 2 : random.in(0, s.kernel);
    const int32_t smallest = s.kernel > 2 * s.padding ? s.kernel - 2 * s.padding : 1;
    s.height = random.in(smallest, smallest + 9);
    s.width = random.chance(15) ? smallest : random.in(smallest, smallest + (random.chance(20) ? 40 : 16));
    s.channels_in = 4 * (random.chance(30) ? 16 * random.in(1, 3) : random.in(1, 20));
    s.channels_out = random.chance(40) ? 64 * random.in(1, 3) : random.in(1, 150);
    if (random.chance(8)) {  // few pixels of many channels: the largest sums
        s.channels_in = random.chance(50) ? 256 : 1824;
        s.channels_out = random.chance(50) ? 32 * random.in(1, 3) : random.in(1, 20);
        s.height = random.in(smallest, smallest + 3);
        s.width = random.in(smallest, smallest + 3);
    }
    return s;
}

/// Fills the pixels of a bordered activation and leaves zeros in its border.
void fill_pixels(Random& random, const Buffer& buffer, int32_t batch, int32_t height, int32_t row_bytes, int32_t border,
                 int32_t channels, bool extreme) {
    const size_t pitch = (size_t)row_bytes + (size_t)(2 * border * channels);
    std::memset(buffer.as(), 0, buffer.size());
    for (int32_t n = 0; n < batch; ++n) {
        for (int32_t y = 0; y < height; ++y) {
            const size_t row = (size_t)(n * (height + 2 * border) + y + border);
            uint8_t* pixels = buffer.as() + row * pitch + (size_t)(border * channels);
            for (int32_t i = 0; i < row_bytes; ++i) {
                pixels[i] = extreme ? 255 : (uint8_t)random.in(0, 255);
            }
        }
    }
}

size_t bordered_bytes(int32_t batch, int32_t height, int32_t width, int32_t border, int32_t channels) {
    return (size_t)batch * (size_t)(height + 2 * border) * (size_t)(width + 2 * border) * (size_t)channels;
}

ConvPart random_part(Random& random, const ConvShape& s, int32_t channel_step) {
    ConvPart part = {0, s.rows(), 0, s.channels_out};
    if (random.chance(50)) {
        part.row_begin = random.in(0, s.rows() - 1);
        part.row_end = random.in(part.row_begin + 1, s.rows());
    }
    if (random.chance(50)) {
        const int32_t steps = (s.channels_out + channel_step - 1) / channel_step;
        const int32_t first = random.in(0, steps - 1);
        const int32_t end = random.in(first + 1, steps) * channel_step;
        part.channel_begin = first * channel_step;
        part.channel_end = end < s.channels_out ? end : s.channels_out;
    }
    return part;
}

void fill_weights(Random& random, const Buffer& oihw, bool extreme) {
    random.fill(oihw);
    const bool negative = random.chance(50);
    for (size_t i = 0; extreme && i < oihw.size(); ++i) {
        oihw.as<int8_t>()[i] = negative ? -128 : 127;
    }
}

/// Scales that spread the sums over about twice the range of dst, so that rounding and both limits are met; some
/// values land exactly on ties.
void fill_scales(Random& random, const ConvCase& c, bool extreme) {
    const ConvShape& s = c.conv.shape;
    const float spread = (float)(s.channels_in * s.kernel * s.kernel) * (extreme ? 32640.F : 1000.F);
    const bool ties = random.chance(20);
    for (int32_t k = 0; k < s.channels_out; ++k) {
        c.scale.as<float>()[k] = ties ? 0.5F : random.real(50.F, 400.F) / spread * (random.chance(5) ? 1e9F : 1.F);
        c.bias.as<float>()[k] = ties ? (float)random.in(-4, 4) * 0.5F : random.real(-100.F, 200.F);
    }
}

int32_t sum_at(const ConvCase& c, int32_t y, int32_t x, int32_t k) {
    const ConvShape& s = c.conv.shape;
    const int32_t offset = c.conv.src_border - s.padding, width = s.width + 2 * c.conv.src_border;
    const int8_t* weight = c.oihw.as<int8_t>() + (size_t)(k * s.channels_in * s.kernel * s.kernel);
    int32_t sum = 0;
    for (int32_t i = 0; i < s.channels_in * s.kernel * s.kernel; ++i) {
        const int32_t channel = i / (s.kernel * s.kernel), ky = i / s.kernel % s.kernel, kx = i % s.kernel;
        const int32_t pixel = (y * s.stride + offset + ky) * width + x * s.stride + offset + kx;
        sum += c.src.as()[pixel * s.channels_in + channel] * weight[i];
    }
    return sum;
}

/// Scales and bias that show each unit of the sums of one pixel of image 0, if a float holds them; requantisation
/// hides small errors else.
void show_sums(Random& random, const ConvCase& c) {
    const ConvShape& s = c.conv.shape;
    const int32_t y = random.in(0, s.out_height() - 1), x = random.in(0, s.out_width() - 1);
    for (int32_t k = 0; k < s.channels_out; ++k) {
        c.scale.as<float>()[k] = 1;
        c.bias.as<float>()[k] = (float)(64 - sum_at(c, y, x, k));
    }
}

ConvCase random_case(Random& random, const Int8Kernels& kernels) {
    const ConvShape s = random_shape(random);
    Int8Conv conv = {};
    conv.shape = s;
    conv.src_border = s.padding + (random.chance(30) ? random.in(1, 2) : 0);
    conv.dst_border = random.chance(50) ? random.in(1, 3) : 0;
    conv.residual_scale = random.real(-1.5F, 1.5F);
    conv.residual_signed = random.chance(50);
    conv.dst_signed = random.chance(40);
    const size_t dst_bytes = bordered_bytes(s.batch, s.out_height(), s.out_width(), conv.dst_border, s.channels_out);
    const size_t channel_bytes = (size_t)s.channels_out * sizeof(float);
    const size_t weights = (size_t)s.channels_out * (size_t)(s.channels_in * s.kernel * s.kernel);
    ConvCase c = {
        conv, random_part(random, s, kernels.channel_step(s)), random.chance(50), Buffer(weights),
        Buffer(channel_bytes), Buffer(channel_bytes),
        Buffer(bordered_bytes(s.batch, s.height, s.width, conv.src_border, s.channels_in)), Buffer(dst_bytes),
        Buffer(dst_bytes)};
    const bool extreme = random.chance(20);
    fill_weights(random, c.oihw, extreme);
    fill_pixels(random, c.src, s.batch, s.height, s.width * s.channels_in, conv.src_border, s.channels_in, extreme);
    fill_scales(random, c, extreme);
    if (random.chance(30)) show_sums(random, c);
    random.fill(c.residual);
    random.fill(c.dst);
    c.conv.scale = c.scale.as<float>();
    c.conv.bias = c.bias.as<float>();
    c.conv.residual = random.chance(60) ? c.residual.as() : nullptr;
    return c;
}

std::string text(const char* table, uint32_t seed, const ConvCase& c) {
    const ConvShape& s = c.conv.shape;
    char line[400];
    std::snprintf(
        line, sizeof line,
        "%s convolve, seed %u: batch %d, %dx%d, %d -> %d channels, kernel %d, stride %d, padding %d, borders %d and %d, "
        "rows %d-%d, channels %d-%d, residual %s%s%s, dst %s",
        table, seed, s.batch, s.height, s.width, s.channels_in, s.channels_out, s.kernel, s.stride, s.padding,
        c.conv.src_border, c.conv.dst_border, c.part.row_begin, c.part.row_end, c.part.channel_begin,
        c.part.channel_end, c.conv.residual == nullptr ? "none" : c.conv.residual_signed ? "s8" : "u8",
        c.conv.residual != nullptr && c.in_place ? " in place" : "", "", c.conv.dst_signed ? "s8" : "u8");
    return line;
}

void test_convolve(const Int8Kernels& kernels, uint32_t seed) {
    Random random(seed);
    ConvCase c = random_case(random, kernels);
    const ConvShape& s = c.conv.shape;
    const Buffer packed(kernels.packed_bytes(s));
    const Buffer scratch(kernels.scratch_bytes(s));
    Buffer expected(c.dst.size());
    expected.copy_from(c.dst);
    Int8Conv reference = c.conv;
    if (c.conv.residual != nullptr && c.in_place) {
        reference.residual = expected.as();
        c.conv.residual = c.dst.as();
    }
    int8_reference_convolve(reference, c.part, c.oihw.as<int8_t>(), c.src.as(), expected.as());
    kernels.pack(s, c.oihw.as<int8_t>(), packed.as<int8_t>());
    c.conv.weights = packed.as<int8_t>();
    if (random.chance(50)) {
        c.conv.next_weights = packed.as<int8_t>();
        c.conv.next_bytes = packed.size();
    }
    kernels.convolve(c.conv, c.part, c.src.as(), c.dst.as(), scratch.as());
    expect_same(text(kernels.name, seed, c), expected, c.dst);
}

void test_max_pool(const Int8Kernels& kernels, uint32_t seed) {
    Random random(seed);
    ConvShape s = {random.in(1, 3), random.in(1, 12), random.in(1, 12), random.in(1, 150), 0, 3, 2, 1};
    s.channels_out = s.channels_in;
    const int32_t src_border = random.in(0, 2);
    const int32_t dst_border = random.in(0, 2);
    const int32_t begin = random.in(0, s.rows() - 1);
    const int32_t end = random.in(begin + 1, s.rows());
    const Buffer src(bordered_bytes(s.batch, s.height, s.width, src_border, s.channels_in));
    fill_pixels(random, src, s.batch, s.height, s.width * s.channels_in, src_border, s.channels_in, false);
    Buffer expected(bordered_bytes(s.batch, s.out_height(), s.out_width(), dst_border, s.channels_in));
    Buffer actual(expected.size());
    int8_reference_max_pool(s, begin, end, src.as(), src_border, expected.as(), dst_border);
    kernels.max_pool(s, begin, end, src.as(), src_border, actual.as(), dst_border);
    expect_same(std::string(kernels.name) + " max_pool, seed " + std::to_string(seed), expected, actual);
}

void test_average_pool(const Int8Kernels& kernels, uint32_t seed) {
    Random random(seed);
    const int32_t images = random.in(1, 4);
    const int32_t begin = random.in(0, images - 1);
    const int32_t end = random.in(begin + 1, images);
    const int32_t pixels = random.in(1, 60);
    const int32_t channels = random.in(1, 300);
    const float scale = random.chance(20) ? 0.5F : random.real(0.F, 2.F) / (float)pixels;
    const Buffer src((size_t)(images * pixels * channels));
    random.fill(src);
    Buffer expected((size_t)(images * channels));
    Buffer actual(expected.size());
    int8_reference_average_pool(begin, end, pixels, channels, scale, src.as(), expected.as());
    kernels.average_pool(begin, end, pixels, channels, scale, src.as(), actual.as());
    expect_same(std::string(kernels.name) + " average_pool, seed " + std::to_string(seed), expected, actual);
}

void test_fully_connected(const Int8Kernels& kernels, uint32_t seed) {
    Random random(seed);
    const int32_t images = random.in(1, 11);
    const int32_t ins = random.in(1, 300);
    const int32_t outs = random.in(1, 100);
    const int32_t steps = (outs + 15) / 16;
    const int32_t first = random.in(0, steps - 1);
    const int32_t end = random.in(first + 1, steps) * 16;
    const int32_t out_end = end < outs ? end : outs;
    const Buffer src((size_t)(images * ins));
    const Buffer weights((size_t)(ins * outs));
    const Buffer scale((size_t)outs * sizeof(float));
    const Buffer bias(scale.size());
    random.fill(src);
    fill_weights(random, weights, random.chance(20));
    for (int32_t out = 0; out < outs; ++out) {
        scale.as<float>()[out] = random.real(0.F, 1e-3F);
        bias.as<float>()[out] = random.real(-1.F, 1.F);
    }
    const Buffer packed(kernels.fully_connected_packed_bytes(ins, outs));
    Buffer expected((size_t)(images * outs) * sizeof(float));
    Buffer actual(expected.size());
    int8_reference_fully_connected(
        images, ins, outs, first * 16, out_end, src.as(), weights.as<int8_t>(), scale.as<float>(), bias.as<float>(),
        expected.as<float>());
    kernels.fully_connected_pack(ins, outs, weights.as<int8_t>(), packed.as<int8_t>());
    kernels.fully_connected(
        images, ins, outs, first * 16, out_end, src.as(), packed.as<int8_t>(), scale.as<float>(), bias.as<float>(),
        actual.as<float>());
    expect_same(std::string(kernels.name) + " fully_connected, seed " + std::to_string(seed), expected, actual);
}

/// The reference on a 1x1 convolution of one pixel with one channel group, whose result is known.
void expect_reference(int32_t activation, int32_t weight, float scale, float bias, bool dst_signed, int32_t expected) {
    const ConvShape s = {1, 1, 1, 4, 1, 1, 1, 0};
    const uint8_t src[4] = {(uint8_t)activation, 0, 0, 0};
    const int8_t oihw[4] = {(int8_t)weight, 0, 0, 0};
    uint8_t dst = 77;
    const Int8Conv conv = {s, nullptr, &scale, &bias, nullptr, 0, false, dst_signed, 0, 0};
    int8_reference_convolve(conv, {0, 1, 0, 1}, oihw, src, &dst);
    const int32_t actual = dst_signed ? (int8_t)dst : dst;
    if (actual != expected) {
        std::printf(
            "FAILED reference: %d * %d, scale %g, bias %g gave %d, expected %d\n", activation, weight, (double)scale,
            (double)bias, actual, expected);
        ++failures;
    }
}

void test_reference() {
    expect_reference(3, 1, 0.5F, 0, false, 2);       // 1.5 to the even neighbour
    expect_reference(5, 1, 0.5F, 0, false, 2);       // 2.5 as well
    expect_reference(5, -1, 0.5F, 0, true, -2);      // -2.5
    expect_reference(255, 127, 1, 0, false, 255);    // above the range
    expect_reference(255, -128, 1, 0, false, 0);     // the ReLU
    expect_reference(255, -128, 1, 0, true, -128);   // below the signed range
    expect_reference(255, 127, 1e9F, 0, true, 127);  // beyond what an int32 holds
    expect_reference(1, 1, 1, 7.25F, false, 8);
}

struct Table {
    const Int8Kernels* kernels;
    bool runs_here;
};

#if defined(__x86_64__)
bool cpu_has_vnni() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vnni");
}

bool cpu_has_avx_vnni() {
    uint32_t eax = 7, ebx = 0, ecx = 1, edx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && (eax & 1U << 4) != 0;
}

bool cpu_has_amx() {
    uint32_t eax = 7, ebx = 0, ecx = 0, edx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    const uint32_t amx_tile = 1U << 24, amx_int8 = 1U << 25;
    return cpu_has_vnni() && (edx & amx_tile) != 0 && (edx & amx_int8) != 0 && int8_amx_permitted();
}
#endif

void test_table(const Int8Kernels& kernels, uint32_t shapes, uint32_t first_seed) {
    const int before = failures;
    if (kernels.thread_begin != nullptr) {
        kernels.thread_begin();
    }
    for (uint32_t seed = first_seed; seed < first_seed + shapes && failures < 20; ++seed) {
        test_convolve(kernels, seed);
        test_max_pool(kernels, seed);
        test_average_pool(kernels, seed);
        test_fully_connected(kernels, seed);
    }
    if (kernels.thread_end != nullptr) {
        kernels.thread_end();
    }
    std::printf(
        "%s %s: %u random cases of each operation from seed %u\n", failures == before ? "passed" : "FAILED",
        kernels.name, shapes, first_seed);
}

}  // namespace

int main(int argc, char** argv) {
    const uint32_t shapes = argc > 1 ? (uint32_t)std::strtoul(argv[1], nullptr, 10) : 400;
    const uint32_t first_seed = argc > 2 ? (uint32_t)std::strtoul(argv[2], nullptr, 10) : 1;
    test_reference();
    const Table tables[] = {
        {&kInt8Portable, true},
#if defined(__x86_64__)
        {&kInt8Avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")},
        {&kInt8AvxVnni, &kInt8AvxVnni != nullptr && cpu_has_avx_vnni()},
        {&kInt8Avx512Vnni, cpu_has_vnni()},
        {&kInt8AmxInt8, &kInt8AmxInt8 != nullptr && cpu_has_amx()},
#endif
    };
    for (const Table& table : tables) {
        if (table.runs_here) {
            test_table(*table.kernels, shapes, first_seed);
        } else {
            const char* name = table.kernels == nullptr ? "a table" : table.kernels->name;
            std::printf("skipped %s: not in this build, or this CPU does not run it\n", name);
        }
    }
    return failures == 0 ? 0 : 1;
}
