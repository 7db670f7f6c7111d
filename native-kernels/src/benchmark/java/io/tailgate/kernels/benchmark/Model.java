/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.LongByReference;
import io.tailgate.kernels.Precision;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network that all contestants run: the layers, weights, INT8 scales and images that ours has without being told
 * otherwise. Arrays are computed at each call; keep what is used twice.
 */
final class Model implements AutoCloseable {

    /** Length of each image's logits. */
    static final int CLASSES = 1000;

    /** Height and width of the images. */
    static final int IMAGE_SIZE = 224;

    /** FP32 and INT8 take a pixel's value, 0 to 255, times this. */
    static final float INPUT_SCALE = 1f / 255;

    private static final int COLOURS = 3;
    private static final int LAYER_FIELDS = 11; // benchmark_abi.h

    private final ModelLibrary library = ModelLibrary.INSTANCE;
    private final Precision precision;
    private final int batch;
    private final long address;
    private final List<ModelLayer> layers;

    /** For {@link Precision#INT8} this calibrates, which takes a second. */
    Model(Precision precision, int batch) {
        this.precision = precision;
        this.batch = batch;
        LongByReference created = new LongByReference();
        ModelLibrary.check(library.tgb_model_create(precision == Precision.INT8 ? 1 : 0, batch, created));
        this.address = created.getValue();
        this.layers = IntStream.range(0, library.tgb_model_layer_count(address))
                .mapToObj(this::layer)
                .toList();
    }

    private ModelLayer layer(int index) {
        int[] fields = new int[LAYER_FIELDS];
        ModelLibrary.check(library.tgb_model_layer(address, index, fields, fields.length));
        return new ModelLayer(
                index,
                ModelLayer.Role.of(fields[0]),
                library.tgb_model_layer_name(address, index),
                library.tgb_model_layer_shape(address, index),
                fields[1],
                fields[2],
                fields[3] != 0,
                fields[4],
                fields[5],
                fields[6],
                fields[7],
                fields[8],
                fields[9],
                fields[10]);
    }

    Precision precision() {
        return precision;
    }

    int batch() {
        return batch;
    }

    /** The native model, for contestants that are native themselves. */
    long address() {
        return address;
    }

    /** Returns the layers in the order in which they run. */
    List<ModelLayer> layers() {
        return layers;
    }

    /** Returns the images: batch x 224 x 224 x 3 (NHWC), unsigned, 0 to 255. */
    byte[] pixels() {
        byte[] pixels = new byte[batch * IMAGE_SIZE * IMAGE_SIZE * COLOURS];
        ModelLibrary.check(library.tgb_model_pixels(address, pixels, pixels.length));
        return pixels;
    }

    /** Returns a layer's FP32 weights, [channels out][channels in][kernel][kernel]. */
    float[] weights(ModelLayer layer) {
        float[] oihw = new float[layer.weightCount()];
        ModelLibrary.check(library.tgb_model_weights(address, layer.index(), oihw, oihw.length));
        return oihw;
    }

    /** Returns what is added to each output channel; FP32, of the real values, also for INT8. */
    float[] bias(ModelLayer layer) {
        float[] bias = new float[layer.channelsOut()];
        ModelLibrary.check(library.tgb_model_bias(address, layer.index(), bias, bias.length));
        return bias;
    }

    /** Returns a layer's signed weights, ordered as {@link #weights}: weight = scale of its output channel * this. */
    byte[] int8Weights(ModelLayer layer) {
        byte[] oihw = new byte[layer.weightCount()];
        ModelLibrary.check(library.tgb_model_int8_weights(address, layer.index(), oihw, oihw.length));
        return oihw;
    }

    /** Returns the scale of the weights of each output channel. */
    float[] int8WeightScales(ModelLayer layer) {
        float[] scales = new float[layer.channelsOut()];
        ModelLibrary.check(library.tgb_model_int8_weight_scales(address, layer.index(), scales, scales.length));
        return scales;
    }

    /**
     * Returns the scale of a layer's INT8 output, zero point 0: value = scale * stored. Stored is unsigned, but signed
     * after {@link ModelLayer.Role#PROJECTION}. The classifier's output stays FP32; its scale means nothing.
     */
    float int8OutputScale(ModelLayer layer) {
        return library.tgb_model_int8_output_scale(address, layer.index());
    }

    @Override
    public void close() {
        library.tgb_model_destroy(address);
    }
}
