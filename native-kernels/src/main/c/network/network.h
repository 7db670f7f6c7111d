// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// What both precisions share: the layers, the lanes in which they run, and the buffers of each lane.
//
//   lane      a share of the batch and the workers that compute it. As many lanes as divide batch and workers evenly:
//             batch 8 on 2 workers is 2 lanes of 4 images, which never wait for each other inside a run; batch 1 on 2
//             workers is one lane whose 2 members split every layer and meet at a barrier after it.

#pragma once

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "../include/tailgate_kernels.h"
#include "../pool/barrier.h"
#include "../pool/thread_pool.h"
#include "buffer.h"
#include "plan.h"

namespace tailgate {

struct NetworkOptions {
    tg_algorithm algorithm;
    tg_isa isa;
    int batch;
    int image_size;
    int width_divisor;
    MemoryOptions memory = {};
};

/// One worker's place in its lane.
struct Member {
    int lane;
    int index;   ///< in the lane
    int worker;  ///< in the pool
};

class Network {
  public:
    virtual ~Network() = default;

    void run();
    void run_layer(int layer);

    /// NHWC pixels of the whole batch.
    virtual void set_input(const uint8_t* pixels) = 0;  ///< 0..255
    virtual void set_input(const float* pixels) = 0;    ///< 0..1
    void copy_logits(float* logits) const;

    /// The layers as one lane sees them: their batch is lane_batch().
    const std::vector<Layer>& layers() const { return layers_; }
    int batch() const { return options_.batch; }
    int lane_batch() const { return options_.batch / lane_count(); }
    int lane_count() const { return (int)lanes_.size(); }
    size_t image_elements() const { return (size_t)options_.image_size * options_.image_size * kImageChannels; }
    virtual const char* isa_name() const = 0;

    /// Where weights and activations are.
    MemoryUse memory() const;

    /// Runs all layers and calls `observe` in each worker after each of them, before the next one starts in its lane.
    using Observer = std::function<void(const Member&, int layer)>;
    void run_observed(const Observer& observe);

    /// A buffer of a lane: NHWC with border_of() where the precision has borders.
    const void* buffer(int lane, BufferId id) const { return lanes_[(size_t)lane]->buffers[id].data(); }

  protected:
    /// The number of input channels and of bytes an element differ between the precisions, and whether there are
    /// borders.
    struct Storage {
        int input_channels;
        size_t element_bytes;
        bool borders;
    };

    Network(const NetworkOptions& options, ThreadPool& pool, const Storage& storage);

    /// Computes the member's part of a layer.
    virtual void execute(const Member& member, int layer) = 0;

    /// Sets how the members of a lane share a layer.
    void split_layer(int layer, int row_step, int channel_step);

    /// Calls `work` once for each layer that has weights, spread over the workers, each in a worker's thread with its
    /// arena.
    void for_each_weighted_layer(const std::function<void(int layer, Arena& arena)>& work);

    /// Makes sure that every worker has this much scratch.
    void reserve_scratch(size_t bytes);

    template <typename T>
    T* buffer_of(const Member& member, BufferId id) {
        return static_cast<T*>(lanes_[(size_t)member.lane]->buffers[id].data());
    }
    template <typename T>
    T* input_of_lane(int lane) {
        return static_cast<T*>(lanes_[(size_t)lane]->buffers[kInputBuffer].data());
    }
    const ConvPart& part(const Member& member, int layer) const {
        return parts_[(size_t)layer][(size_t)member.index];
    }
    void* scratch(const Member& member) { return scratch_[(size_t)member.worker].data(); }

    const NetworkOptions options_;
    ThreadPool& pool_;

  private:
    struct AnyBuffer {
        Buffer<uint8_t> bytes;
        void* data() { return bytes.data(); }
        const void* data() const { return bytes.data(); }
    };
    struct Lane {
        explicit Lane(int members) : barrier((uint32_t)members) {}
        Barrier barrier;
        std::array<AnyBuffer, kBufferCount> buffers;
    };

    Member member(int worker) const;
    void run_lane(int worker);
    std::array<size_t, kBufferCount> buffer_bytes(const Storage& storage) const;

    std::vector<std::unique_ptr<Arena>> arenas_;  // [worker]; all buffers are theirs
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::vector<Layer> layers_;
    std::vector<std::vector<ConvPart>> parts_;  // [layer][member]
    std::vector<Buffer<uint8_t>> scratch_;      // [worker]
    int one_layer_ = 0;
    const ThreadPool::Job run_all_;  // built once: a run allocates nothing
    const ThreadPool::Job run_one_;
};

}  // namespace tailgate
