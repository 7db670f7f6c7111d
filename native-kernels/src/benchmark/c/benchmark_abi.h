/* Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The C ABI of libtailgate_benchmark.so: the network as data, for peers that build it from that; oneDNN as such a
 * peer; the CPU's peaks.
 *
 * Calls return a tg_status, or a value where nothing can fail; tgb_last_error() has the sentence. Not for several
 * threads at a time.
 */

#ifndef TAILGATE_BENCHMARK_ABI_H
#define TAILGATE_BENCHMARK_ABI_H

#include "include/tailgate_kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tgb_model tgb_model;

TG_API const char *tgb_last_error(void);

/// As tg_allowed_cpus().
TG_API tg_status tgb_allowed_cpus(int32_t *cpus, int32_t capacity, int32_t *count);

/// Refuses this process the permission to use AMX from now on, by seccomp: holds ONNX Runtime, which has no setting for
/// it, to AVX-512 VNNI.
TG_API tg_status tgb_refuse_amx(void);

/// Pins the calling thread, and thereby what it starts, to one CPU.
TG_API tg_status tgb_pin(int32_t cpu);

/// The network that tg_network_create() builds at full size; for TG_INT8 calibrated in the same way.
TG_API tg_status tgb_model_create(int32_t precision, int32_t batch, tgb_model **model);
TG_API void tgb_model_destroy(tgb_model *model);

TG_API int32_t tgb_model_layer_count(const tgb_model *model);

/// @param[out] fields  role (Role in network/plan.h), source, residual, relu, height, width, channels in, channels out,
///                     kernel, stride, padding
/// @param[in]  count   11
TG_API tg_status tgb_model_layer(const tgb_model *model, int32_t layer, int32_t *fields, int32_t count);
TG_API const char *tgb_model_layer_name(const tgb_model *model, int32_t layer);
TG_API const char *tgb_model_layer_shape(const tgb_model *model, int32_t layer);

/// The images: [batch][224][224][3], 0..255.
TG_API tg_status tgb_model_pixels(const tgb_model *model, uint8_t *pixels, int64_t count);

/// FP32, and the same quantised; both [channels out][channels in][kernel][kernel].
TG_API tg_status tgb_model_weights(const tgb_model *model, int32_t layer, float *oihw, int64_t count);
TG_API tg_status tgb_model_bias(const tgb_model *model, int32_t layer, float *bias, int64_t count);
TG_API tg_status tgb_model_int8_weights(const tgb_model *model, int32_t layer, int8_t *oihw, int64_t count);
TG_API tg_status tgb_model_int8_weight_scales(const tgb_model *model, int32_t layer, float *scales, int64_t count);

/// Of the layer's output, zero point 0; signed after a projection. 0 for FP32.
TG_API float tgb_model_int8_output_scale(const tgb_model *model, int32_t layer);

/// How oneDNN uses several CPUs.
typedef enum tgb_threading {
    TGB_OPENMP = 0,     ///< one instance on OpenMP's threads, bound to the CPUs; the same CPUs in the whole process
    TGB_SHARED_OUT = 1  ///< an instance of one thread on each CPU, with its share of the batch or of the rows
} tgb_threading;

typedef struct tgb_onednn tgb_onednn;

TG_API const char *tgb_onednn_version(void);
/// What compiled this and our library, with its version.
TG_API const char *tgb_compiler(void);
/// A dnnl_cpu_isa_t: what ONEDNN_MAX_CPU_ISA leaves.
TG_API int32_t tgb_onednn_isa(void);

/// @param[in] model  read during the call only
TG_API tg_status tgb_onednn_create(
    const tgb_model *model, int32_t threading, const int32_t *cpus, int32_t cpu_count, tgb_onednn **peer);
TG_API void tgb_onednn_destroy(tgb_onednn *peer);
TG_API tg_status tgb_onednn_run(tgb_onednn *peer);
/// Runs the network and times each layer in the threads that compute it; the mean over them.
///
/// @param[in] count  layers of the model
TG_API tg_status tgb_onednn_layer_times(tgb_onednn *peer, double *milliseconds, int32_t count);
TG_API tg_status tgb_onednn_logits(const tgb_onednn *peer, float *logits, int64_t count);

/// C = A * B, square and row-major. `packed` 0: dnnl_sgemm; 1: a matmul whose B is packed here.
typedef struct tgb_onednn_sgemm tgb_onednn_sgemm;

TG_API tg_status tgb_onednn_sgemm_create(
    int32_t size, const float *a, const float *b, int32_t packed, int32_t threading, const int32_t *cpus,
    int32_t cpu_count, tgb_onednn_sgemm **sgemm);
TG_API void tgb_onednn_sgemm_destroy(tgb_onednn_sgemm *sgemm);
TG_API tg_status tgb_onednn_sgemm_run(tgb_onednn_sgemm *sgemm);
TG_API tg_status tgb_onednn_sgemm_c(const tgb_onednn_sgemm *sgemm, float *c, int64_t count);

/// Our network's layers, timed in the threads that compute them: what the public library does not tell.
typedef struct tgb_ours tgb_ours;

/// @param[in] model  read during the call only
TG_API tg_status tgb_ours_create(
    const tgb_model *model, int32_t algorithm, int32_t isa, const int32_t *cpus, int32_t cpu_count, tgb_ours **ours);
TG_API void tgb_ours_destroy(tgb_ours *ours);
/// As tgb_onednn_layer_times().
TG_API tg_status tgb_ours_layer_times(tgb_ours *ours, double *milliseconds, int32_t count);

/// Loops of one instruction on registers: the most that the CPUs can do.
typedef enum tgb_instruction {
    TGB_FMA_AVX2 = 0,
    TGB_FMA_AVX512 = 1,
    TGB_INT8_AVX2 = 2,
    TGB_INT8_VNNI = 3,
    TGB_INT8_AMX = 4
} tgb_instruction;

typedef struct tgb_peak tgb_peak;

/// TG_UNSUPPORTED where this CPU has no such instruction.
TG_API tg_status tgb_peak_create(int32_t instruction, const int32_t *cpus, int32_t cpu_count, tgb_peak **peak);
TG_API void tgb_peak_destroy(tgb_peak *peak);
TG_API const char *tgb_peak_name(const tgb_peak *peak);
TG_API tg_status tgb_peak_run(tgb_peak *peak);
/// Of the last run, a multiply-add counted as two.
TG_API double tgb_peak_operations(const tgb_peak *peak);

#ifdef __cplusplus
}
#endif

#endif
