/* Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The C ABI of libtailgate_benchmark.so: the network as data, for peers that build it from that.
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

#ifdef __cplusplus
}
#endif

#endif
