// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The whole network: FP32 on every instruction set and algorithm against the plain reference, INT8 bit for bit on every
// instruction set and close to FP32, and activations that live.
//
//   network_tests [image size [width divisor]]     224 1: the published network; sanitizers run 32 4

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "conv/f32_reference.h"
#include "dispatch/isa.h"
#include "expect.h"
#include "network/f32_network.h"
#include "network/images.h"
#include "network/int8_network.h"
#include "network/quantisation.h"
#include "network/weights.h"
#include "pool/cpu_mask.h"

using namespace tailgate;
using namespace tailgate::test;

namespace {

constexpr float kDirectBound = 1e-4f;  // of the largest logit
constexpr float kWinogradBound = 1e-3f;
constexpr double kLeastCosine = 0.99;
constexpr size_t kEnoughPixels = 49;

int image_size = 224;
int width_divisor = 1;

NetworkOptions options(tg_algorithm algorithm, tg_isa isa, int batch = 1) {
    return {algorithm, isa, batch, image_size, width_divisor};
}

std::vector<float> logits_of(Network& network) {
    network.run();
    std::vector<float> logits((size_t)network.batch() * kClasses);
    network.copy_logits(logits.data());
    return logits;
}

/// Layer by layer through the plain loops of f32_reference.
std::vector<float> reference_logits() {
    const auto pixels = make_images(0, 1, image_size);
    std::vector<float> image(pixels.size());
    for (size_t i = 0; i < pixels.size(); i++) image[i] = (float)pixels[i] / 255.0f;
    std::vector<std::vector<float>> outputs;
    const auto layers = resnet152(1, image_size, width_divisor);
    for (size_t i = 0; i < layers.size(); i++) {
        const Layer& layer = layers[i];
        const ConvShape& shape = layer.shape;
        const float* src = layer.source == kNoLayer ? image.data() : outputs[(size_t)layer.source].data();
        outputs.emplace_back(layer.output_count());
        float* dst = outputs.back().data();
        const Weights weights = layer.has_weights() ? make_weights(layer, (int)i) : Weights{};
        const float* residual = layer.residual == kNoLayer ? nullptr : outputs[(size_t)layer.residual].data();
        if (layer.role == Role::kMaxPool) {
            reference::max_pool(shape, src, dst);
        } else if (layer.role == Role::kAveragePool) {
            reference::average_pool(1, shape.height * shape.width, shape.channels_in, src, dst);
        } else {  // the classifier is a 1x1 convolution of one pixel
            reference::convolve(
                shape, src, weights.oihw.data(), weights.bias.data(), residual, layer.relu, dst, nullptr);
        }
    }
    return outputs.back();
}

float relative_error(const std::vector<float>& wanted, const std::vector<float>& found) {
    float largest = 0, difference = 0;
    for (size_t i = 0; i < wanted.size(); i++) {
        largest = std::max(largest, std::fabs(wanted[i]));
        difference = std::max(difference, std::fabs(wanted[i] - found[i]));
    }
    return difference / largest;
}

void fp32_agrees_with_the_reference(ThreadPool& pool) {
    const std::vector<float> wanted = reference_logits();
    for (tg_isa isa : {TG_ISA_PORTABLE, TG_ISA_AVX2, TG_ISA_AVX512, TG_ISA_NEON}) {
        if (!isa_supported(isa, TG_FP32)) continue;
        for (tg_algorithm algorithm : {TG_DIRECT, TG_WINOGRAD}) {
            const float bound = algorithm == TG_DIRECT ? kDirectBound : kWinogradBound;
            F32Network network(options(algorithm, isa), f32_kernels(isa), pool);
            const float error = relative_error(wanted, logits_of(network));
            std::printf(
                "FP32 %s %s: relative error %.1e\n", network.isa_name(), algorithm == TG_DIRECT ? "direct" : "Winograd",
                (double)error);
            expect(error <= bound, "at most " + std::to_string(bound) + ", found " + std::to_string(error));
        }
    }
}

void int8_is_the_same_on_every_instruction_set(const std::vector<int32_t>& cpus) {
    std::vector<float> first;
    for (tg_isa isa : {TG_ISA_PORTABLE, TG_ISA_AVX2, TG_ISA_AVX_VNNI, TG_ISA_AVX512, TG_ISA_AMX}) {
        if (!isa_supported(isa, TG_INT8)) continue;
        const Int8Kernels& kernels = int8_kernels(isa);
        ThreadPool pool(cpus, kernels.thread_begin, kernels.thread_end);
        Int8Network network(options(TG_AUTO, isa), kernels, pool, calibrate(options(TG_AUTO, isa), pool));
        const auto logits = logits_of(network);
        if (first.empty()) first = logits;
        std::printf("INT8 %s: %s\n", network.isa_name(), logits == first ? "same bits" : "DIFFERENT");
        expect(logits == first, std::string("bit for bit the portable logits from ") + network.isa_name());
    }
}

double cosine(const float* a, const float* b) {
    double ab = 0, aa = 0, bb = 0;
    for (int i = 0; i < kClasses; i++) {
        ab += (double)a[i] * b[i];
        aa += (double)a[i] * a[i];
        bb += (double)b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

void int8_stays_close_to_fp32(const std::vector<int32_t>& cpus) {
    constexpr int kImages = 4;
    const Int8Kernels& kernels = int8_kernels(TG_ISA_BEST);
    ThreadPool pool(cpus, kernels.thread_begin, kernels.thread_end);
    const NetworkOptions wanted = options(TG_DIRECT, TG_ISA_BEST, kImages);
    F32Network fp32(wanted, f32_kernels(TG_ISA_BEST), pool);
    Int8Network int8(wanted, kernels, pool, calibrate(wanted, pool));
    const auto exact = logits_of(fp32), quantised = logits_of(int8);
    for (int image = 0; image < kImages; image++) {
        const double found = cosine(&exact[(size_t)image * kClasses], &quantised[(size_t)image * kClasses]);
        std::printf("INT8 against FP32, image %d: cosine %.5f\n", image, found);
        expect(found >= kLeastCosine, "cosine of at least 0.99, found " + std::to_string(found));
    }
}

/// Neither dying nor exploding: the deviation of each layer's output is of the order of 1, and most channels are alive.
void activations_are_alive(ThreadPool& pool) {
    F32Network network(options(TG_AUTO, TG_ISA_BEST, pool.size()), f32_kernels(TG_ISA_BEST), pool);
    network.run_observed([&](const Member& member, int index) {
        if (member.worker != 0) return;
        const Layer& layer = network.layers()[(size_t)index];
        const float* values = network.output(0, index);
        const auto channels = (size_t)layer.shape.channels_out;
        std::vector<bool> alive(channels);
        double square = 0;
        for (size_t i = 0; i < layer.output_count(); i++) {
            square += (double)values[i] * values[i];
            if (values[i] != 0) alive[i % channels] = true;
        }
        const double deviation = std::sqrt(square / (double)layer.output_count());
        expect(deviation > 0.1 && deviation < 3, layer.name + ": deviation 0.1 to 3, found " + std::to_string(deviation));
        if (layer.output_count() < kEnoughPixels * channels) return;  // a channel may be zero in a few pixels by chance
        const auto dead = std::count(alive.begin(), alive.end(), false);
        expect(dead * 4 < (long)channels, layer.name + ": under a quarter dead, found " + std::to_string(dead));
    });
}

/// Direct gives the same bits. Winograd does not: its weights are transformed in float or in double, in slices or not, as
/// it pays for so many images a lane.
void gives_the_same_however_the_work_is_shared(const std::vector<int32_t>& cpus, tg_algorithm algorithm) {
    const float bound = algorithm == TG_DIRECT ? 0.0f : 1e-4f;  // 3e-6 is the largest seen here, of logits up to 3
    std::vector<float> first;
    for (int batch : {1, 2, 3}) {
        for (size_t threads = 1; threads <= cpus.size(); threads++) {
            ThreadPool pool(std::vector<int32_t>(cpus.begin(), cpus.begin() + (long)threads));
            F32Network network(options(algorithm, TG_ISA_BEST, batch), f32_kernels(TG_ISA_BEST), pool);
            auto logits = logits_of(network);
            logits.resize(kClasses);
            if (first.empty()) first = logits;
            float worst = 0;
            for (size_t i = 0; i < first.size(); i++) {
                const float error = std::abs(logits[i] - first[i]);
                worst = std::isnan(error) ? INFINITY : std::max(worst, error);
            }
            expect(
                worst <= bound, "image 0 of batch " + std::to_string(batch) + " on " + std::to_string(threads) +
                                    " threads to be that of batch 1 on one, found a difference of " +
                                    std::to_string(worst));
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) image_size = std::atoi(argv[1]);
    if (argc > 2) width_divisor = std::atoi(argv[2]);
    const auto cpus = allowed_cpus();
    {
        ThreadPool pool(cpus);
        fp32_agrees_with_the_reference(pool);
        activations_are_alive(pool);
    }
    int8_is_the_same_on_every_instruction_set(cpus);
    int8_stays_close_to_fp32(cpus);
    gives_the_same_however_the_work_is_shared(cpus, TG_DIRECT);
    gives_the_same_however_the_work_is_shared(cpus, TG_WINOGRAD);
    return exit_code();
}
