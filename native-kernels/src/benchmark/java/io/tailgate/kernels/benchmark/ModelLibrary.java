/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.LongByReference;

/** {@code benchmark_abi.h}: the network as data. Names and order are the header's; handles are addresses. */
interface ModelLibrary extends Library {

    ModelLibrary INSTANCE = Native.load("tailgate_benchmark", ModelLibrary.class);

    String tgb_last_error();

    int tgb_pin(int cpu);

    int tgb_model_create(int precision, int batch, LongByReference model);

    void tgb_model_destroy(long model);

    int tgb_model_layer_count(long model);

    int tgb_model_layer(long model, int layer, int[] fields, int count);

    String tgb_model_layer_name(long model, int layer);

    String tgb_model_layer_shape(long model, int layer);

    int tgb_model_pixels(long model, byte[] pixels, long count);

    int tgb_model_weights(long model, int layer, float[] oihw, long count);

    int tgb_model_bias(long model, int layer, float[] bias, long count);

    int tgb_model_int8_weights(long model, int layer, byte[] oihw, long count);

    int tgb_model_int8_weight_scales(long model, int layer, float[] scales, long count);

    float tgb_model_int8_output_scale(long model, int layer);

    /** Throws what the library says went wrong. */
    static void check(int status) {
        if (status != 0) {
            throw new IllegalStateException(INSTANCE.tgb_last_error());
        }
    }
}
