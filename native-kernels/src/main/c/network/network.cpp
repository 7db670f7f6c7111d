// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "network.h"

#include <algorithm>
#include <numeric>

#include "split.h"

namespace tailgate {

Network::Network(const NetworkOptions& options, ThreadPool& pool, const Storage& storage)
    : options_(options), pool_(pool), run_all_([this](int worker) { run_lane(worker); }),
      run_one_([this](int worker) { execute(member(worker), one_layer_); }) {
    for (int i = 0; i < pool.size(); i++) arenas_.push_back(std::make_unique<Arena>(options.memory));
    const int lanes = std::gcd(options.batch, pool.size());
    for (int i = 0; i < lanes; i++) lanes_.push_back(std::make_unique<Lane>(pool.size() / lanes));
    layers_ = resnet152(lane_batch(), options.image_size, options.width_divisor);
    parts_.resize(layers_.size());
    scratch_.resize((size_t)pool.size());

    const auto bytes = buffer_bytes(storage);
    pool_.run([&](int worker) {
        Member self = member(worker);
        if (self.index != 0) return;
        for (size_t id = 0; id < kBufferCount; id++) {
            lanes_[(size_t)self.lane]->buffers[id].bytes = Buffer<uint8_t>(bytes[id], *arenas_[(size_t)worker]);
        }
    });
}

std::array<size_t, kBufferCount> Network::buffer_bytes(const Storage& storage) const {
    std::array<size_t, kBufferCount> bytes{};
    auto need = [&](BufferId id, int size, int channels, size_t element) {
        const int side = size + (storage.borders ? 2 * border_of(id) : 0);
        bytes[id] = std::max(bytes[id], (size_t)lane_batch() * side * side * channels * element);
    };
    need(kInputBuffer, options_.image_size, storage.input_channels, storage.element_bytes);
    for (const Layer& layer : layers_) {
        const size_t element = layer.role == Role::kClassifier ? sizeof(float) : storage.element_bytes;
        need(layer.buffer, layer.shape.out_height(), layer.shape.channels_out, element);
    }
    return bytes;
}

Member Network::member(int worker) const {
    const int members = pool_.size() / lane_count();
    return {worker / members, worker % members, worker};
}

void Network::run_lane(int worker) {
    const Member self = member(worker);
    Barrier& barrier = lanes_[(size_t)self.lane]->barrier;
    for (int layer = 0; layer < (int)layers_.size(); layer++) {
        execute(self, layer);
        barrier.wait();
    }
}

void Network::run() { pool_.run(run_all_); }

void Network::run_layer(int layer) {
    one_layer_ = layer;
    pool_.run(run_one_);
}

void Network::run_observed(const Observer& observe) {
    pool_.run([&](int worker) {
        const Member self = member(worker);
        Barrier& barrier = lanes_[(size_t)self.lane]->barrier;
        for (int layer = 0; layer < (int)layers_.size(); layer++) {
            execute(self, layer);
            barrier.wait();
            observe(self, layer);
            barrier.wait();
        }
    });
}

void Network::copy_logits(float* logits) const {
    const size_t each = (size_t)lane_batch() * kClasses;
    for (size_t lane = 0; lane < lanes_.size(); lane++) {
        std::memcpy(logits + lane * each, buffer((int)lane, kLogitsBuffer), each * sizeof(float));
    }
}

void Network::split_layer(int layer, int row_step, int channel_step) {
    parts_[(size_t)layer] =
        split(layers_[(size_t)layer].shape, row_step, channel_step, pool_.size() / lane_count());
}

void Network::for_each_weighted_layer(const std::function<void(int layer, Arena& arena)>& work) {
    std::atomic<int> next{0};
    pool_.run([&](int worker) {
        for (int layer; (layer = next.fetch_add(1)) < (int)layers_.size();) {
            if (layers_[(size_t)layer].has_weights()) work(layer, *arenas_[(size_t)worker]);
        }
    });
}

void Network::reserve_scratch(size_t bytes) {
    pool_.run([&](int worker) { scratch_[(size_t)worker] = Buffer<uint8_t>(bytes, *arenas_[(size_t)worker]); });
}

MemoryUse Network::memory() const {
    MemoryUse use;
    for (const auto& arena : arenas_) use.add(arena->use());
    return use;
}

}  // namespace tailgate
