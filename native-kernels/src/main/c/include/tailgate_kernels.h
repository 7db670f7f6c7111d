/* Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The C ABI of libtailgate_kernels: ResNet-152 v1 and SGEMM on threads of its own, each pinned to one CPU.
 *
 *   status    every call that can fail returns a tg_status and changes nothing when it fails (but a run that ends
 *             with TG_PINNING_FAILED is complete); tg_last_error() then has the sentence with the names and numbers
 *   handles   opaque; made by ..._create, freed by ..._destroy, which accepts NULL
 *   threads   a handle may be used from any thread, but by one at a time: run calls on a busy handle return TG_BUSY;
 *             destroying a handle while another thread uses it is the caller's error
 *   layouts   images NHWC, row-major matrices; batch, height, width in elements, sizes in elements unless named bytes
 */

#ifndef TAILGATE_KERNELS_H
#define TAILGATE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TG_API __attribute__((visibility("default")))
#else
#define TG_API
#endif

/// What became of a call. The numbers are part of the ABI.
typedef enum tg_status {
    TG_OK = 0,
    TG_INVALID_ARGUMENT = 1, ///< a NULL, a size out of range, a misaligned pointer
    TG_CPU_NOT_ALLOWED = 2,  ///< a CPU that does not exist or that this process may not use
    TG_PINNING_FAILED = 3,   ///< a thread's mask reads back differently, or it ended a run on another CPU than its own
    TG_UNSUPPORTED = 4,      ///< this CPU or operating system lacks the instruction set that was forced
    TG_BUSY = 5,             ///< another thread runs this handle
    TG_OUT_OF_MEMORY = 6,
    TG_SYSTEM = 7,           ///< a system call failed, for instance pthread_create
    TG_INTERNAL = 8,         ///< a defect of this library
    TG_FORKED = 9            ///< a child of fork() uses a handle of its parent, whose threads it does not have
} tg_status;

typedef enum tg_precision { TG_FP32 = 0, TG_INT8 = 1 } tg_precision;

/// How FP32 computes its 3x3 convolutions of stride 1. TG_AUTO: Winograd where there is enough of an image for it to pay.
/// INT8 gives the same bits by any algorithm, and its kernels choose.
typedef enum tg_algorithm { TG_AUTO = 0, TG_DIRECT = 1, TG_WINOGRAD = 2 } tg_algorithm;

/// The instruction set of the kernels. TG_ISA_BEST: the fastest that this CPU has.
typedef enum tg_isa {
    TG_ISA_BEST = 0,
    TG_ISA_PORTABLE = 1, ///< plain C++
    TG_ISA_AVX2 = 2,     ///< AVX2 and FMA
    TG_ISA_AVX512 = 3,   ///< AVX-512 F, BW, DQ, VL; for INT8 also VNNI
    TG_ISA_AMX = 4,      ///< INT8 only: those and AMX-INT8
    TG_ISA_AVX_VNNI = 5, ///< INT8 only: AVX2, FMA and AVX-VNNI
    TG_ISA_NEON = 6      ///< FP32 only: Advanced SIMD, which all 64-bit Arm has
} tg_isa;

/// What tg_network_create() builds. Set every field; there are no hidden defaults.
typedef struct tg_network_options {
    int32_t precision;     ///< a tg_precision
    int32_t algorithm;     ///< a tg_algorithm; INT8 takes TG_AUTO or TG_DIRECT
    int32_t isa;           ///< a tg_isa
    int32_t batch;         ///< images a run, 1 to 1024
    int32_t image_size;    ///< height and width in pixels: 224, or for tests any other multiple of 32 up to 224
    int32_t width_divisor; ///< 1: the published channel counts; 2 or 4: narrower, for tests
    int32_t huge_pages;    ///< 1: weights and activations on transparent huge pages; 0: as the system does by itself
    int32_t memory_node;   ///< NUMA node of all of them; -1: of the thread that touches them first (see tg_memory)
    int32_t cpu_count;     ///< entries of cpus, at least 1
    const int32_t *cpus;   ///< one pool thread is pinned to each; no CPU twice
} tg_network_options;

/// What one pool thread did and underwent since it started: take differences. A round is a run of the network or of a
/// layer, or a step of building it. The last four are the kernel's counts.
typedef struct tg_worker_counters {
    int64_t thread_id;            ///< as of tg_network_thread_ids()
    int64_t cpu;                  ///< to which it is pinned
    int64_t rounds;               ///< those until now, without this call's own
    int64_t busy_ns;              ///< in rounds, other than waiting_ns; whoever takes its CPU away is in it
    int64_t waiting_ns;           ///< in rounds, for the other threads after a layer that they share
    int64_t run_delay_ns;         ///< ready to run, but another thread had the CPU; -1 if the kernel does not count it
    int64_t voluntary_switches;   ///< it slept: between rounds, or after a long wait in one
    int64_t involuntary_switches; ///< it had to leave the CPU to another thread
    int64_t minor_faults;         ///< pages mapped at their first touch
} tg_worker_counters;

/// Where the memory of a handle is, as the kernel says. With memory_node -1 each pool thread touches its own activations
/// first, and the weights of every n-th layer, so that a network whose CPUs are on one node has all of its memory there;
/// one whose CPUs are on several has one copy of the weights, spread over these.
typedef struct tg_memory {
    int64_t resident_bytes; ///< of weights and activations, or matrices
    int64_t huge_bytes;     ///< of those, on transparent huge pages
    int64_t on_node[64];    ///< bytes by NUMA node
    int64_t elsewhere;      ///< bytes on nodes from 64 on
} tg_memory;

/// A ResNet-152 with its weights, buffers and threads.
typedef struct tg_network tg_network;

/// One matrix product with its matrices and threads.
typedef struct tg_sgemm tg_sgemm;

/// Returns a static sentence for a status, never NULL, also for numbers that are no status.
TG_API const char *tg_status_text(int32_t status);

/// Returns the sentence of the last call of the calling thread that failed, "" if none has. Valid until its next one.
TG_API const char *tg_last_error(void);

/// Whether kernels of this instruction set are compiled in and run here: 1 or 0; 0 also for unknown numbers.
/// For AMX, and for the best in INT8, this asks Linux for the permission to use AMX, where the CPU has it; so does making
/// such a network. The whole process keeps the permission.
///
/// @param[in] isa        a tg_isa
/// @param[in] precision  a tg_precision
TG_API int32_t tg_isa_supported(int32_t isa, int32_t precision);

/// Lists the CPUs that the calling thread may use, ascending.
///
/// @param[out] cpus      room for `capacity` CPU numbers; may be NULL when capacity is 0
/// @param[in]  capacity  entries of `cpus`
/// @param[out] count     how many there are; more than `capacity` means that the rest was left off
TG_API tg_status tg_allowed_cpus(int32_t *cpus, int32_t capacity, int32_t *count);

/// Builds a network: starts its threads, makes its weights, and for INT8 calibrates it. Takes seconds.
///
/// @param[in]  options  read during the call only
/// @param[out] network  the new handle; NULL when the call fails
TG_API tg_status tg_network_create(const tg_network_options *options, tg_network **network);

/// Stops the threads and frees everything. TG_BUSY, and nothing freed, while a run is under way.
TG_API tg_status tg_network_destroy(tg_network *network);

/// Runs the whole network on the current input; returns when the logits are there. The calling thread sleeps meanwhile.
TG_API tg_status tg_network_run(tg_network *network);

/// Runs one layer alone on whatever its input buffer holds. The logits afterwards are those of the next whole run only.
///
/// @param[in] layer  0 to tg_network_layer_count() - 1
TG_API tg_status tg_network_run_layer(tg_network *network, int32_t layer);

/// Number of layers, in the order in which they run; 0 for NULL.
TG_API int32_t tg_network_layer_count(const tg_network *network);

/// A layer's name, e.g. "res3b4_branch2a"; NULL if there is no such layer. Lives as long as the network.
TG_API const char *tg_network_layer_name(const tg_network *network, int32_t layer);

/// A layer's shape, e.g. "3x3 256->256 @14 s1" (kernel, channels, pixels of the input's side, stride); NULL if there is
/// no such layer. Layers with equal text do equal work. Lives as long as the network.
TG_API const char *tg_network_layer_shape(const tg_network *network, int32_t layer);

/// A layer's operations for the whole batch, a multiply-add counted as two, padding included; 0 if it has none.
TG_API double tg_network_layer_flops(const tg_network *network, int32_t layer);

/// The kernels in use, e.g. "avx512vnni"; NULL for NULL. A static string.
TG_API const char *tg_network_isa_name(const tg_network *network);

/// Sets the input from pixels 0..255.
///
/// @param[in] pixels  [batch][image_size][image_size][3]; any alignment
/// @param[in] count   elements of `pixels`, to be checked against the network
TG_API tg_status tg_network_set_input_u8(tg_network *network, const uint8_t *pixels, int64_t count);

/// Sets the input from pixels 0..1. INT8 networks round to the nearest of 256 steps and clamp.
///
/// @param[in] pixels  [batch][image_size][image_size][3]; aligned to 4 bytes
/// @param[in] count   elements of `pixels`, to be checked against the network
TG_API tg_status tg_network_set_input_f32(tg_network *network, const float *pixels, int64_t count);

/// Copies the logits of the last run.
///
/// @param[out] logits  [batch][classes]; aligned to 4 bytes
/// @param[in]  count   elements of `logits`: batch * 1000
TG_API tg_status tg_network_logits(const tg_network *network, float *logits, int64_t count);

/// Copies the kernel's thread ids of the pool, in the order of `cpus`.
///
/// @param[out] ids    room for `count` ids; aligned to 8 bytes
/// @param[in]  count  the cpu_count that the network was created with
TG_API tg_status tg_network_thread_ids(const tg_network *network, int64_t *ids, int32_t count);

/// Copies the counters of each thread of the pool, in the order of `cpus`. Wakes the threads, which read their own; costs
/// a run nothing.
///
/// @param[out] counters  room for `count` structures; aligned to 8 bytes
/// @param[in]  count     the cpu_count that the network was created with
TG_API tg_status tg_network_worker_counters(tg_network *network, tg_worker_counters *counters, int32_t count);

/// Asks the kernel where the network's memory is. Takes milliseconds.
///
/// @param[out] memory  filled in when the call succeeds
TG_API tg_status tg_network_memory(const tg_network *network, tg_memory *memory);

/// Prepares C[m][n] = A[m][k] * B[k][n] in FP32 with seeded matrices; threads as for networks.
///
/// @param[in]  m, n, k    1 to 65536, each matrix at most 2^31 - 1 elements
/// @param[in]  isa        a tg_isa
/// @param[in]  huge_pages, memory_node  as in tg_network_options, for the matrices
/// @param[in]  cpus       one pool thread is pinned to each; no CPU twice
/// @param[in]  cpu_count  entries of `cpus`, at least 1
/// @param[out] sgemm      the new handle; NULL when the call fails
TG_API tg_status tg_sgemm_create(int32_t m, int32_t n, int32_t k, int32_t isa, int32_t huge_pages, int32_t memory_node,
                                 const int32_t *cpus, int32_t cpu_count, tg_sgemm **sgemm);

/// Stops the threads and frees everything. TG_BUSY, and nothing freed, while a run is under way.
TG_API tg_status tg_sgemm_destroy(tg_sgemm *sgemm);

/// Computes C once. B was packed when the handle was made.
TG_API tg_status tg_sgemm_run(tg_sgemm *sgemm);

/// Copies a matrix.
///
/// @param[in]  matrix  0: A, 1: B, 2: C, row-major
/// @param[out] values  aligned to 4 bytes
/// @param[in]  count   elements of that matrix
TG_API tg_status tg_sgemm_matrix(const tg_sgemm *sgemm, int32_t matrix, float *values, int64_t count);

/// As tg_network_memory(). The first thread of the pool touches all matrices first.
TG_API tg_status tg_sgemm_memory(const tg_sgemm *sgemm, tg_memory *memory);

/// As tg_network_thread_ids().
TG_API tg_status tg_sgemm_thread_ids(const tg_sgemm *sgemm, int64_t *ids, int32_t count);

#ifdef __cplusplus
}
#endif

#endif
