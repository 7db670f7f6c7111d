/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.benchmark.ModelLayer.Role;
import io.tailgate.kernels.benchmark.OnnxModel.ElementType;

/**
 * In INT8 with the model's scales, NHWC throughout: ONNX Runtime's own operators for that layout are those to which it
 * would rewrite ONNX's. Activations are unsigned, weights signed, as x86 multiplies fastest.
 *
 * <p>ONNX Runtime cannot add the residual inside a convolution. The sum is a node of its own, and so the convolution's
 * part of it is rounded once more than ours.
 */
final class OnnxInt8Network extends OnnxNetwork {

    /** The zero point where our INT8 is signed: the same steps, 128 higher. */
    private static final byte MIDDLE = (byte) 128;

    /**
     * A step of the convolution's part of a sum, in steps of the sum. What is added to the stream is small beside
     * it: 64 of the sum's steps either way hold it, and finer steps lose less.
     */
    private static final float PART_STEP = 0.5f;

    private final String unsigned;
    private final String signed;
    private final String weightZero;

    OnnxInt8Network(Model source, int batch) {
        super(source, batch);
        this.unsigned = model.constant("unsigned_zero", ElementType.UINT8, new byte[] {0});
        this.signed = model.constant("signed_zero", ElementType.UINT8, new byte[] {MIDDLE});
        this.weightZero = model.constant("weight_zero", ElementType.INT8, new byte[] {0});
    }

    @Override
    void addInput() {
        model.input(INPUT, ElementType.UINT8, batch, Model.IMAGE_SIZE, Model.IMAGE_SIZE, colours());
        scale(INPUT, Model.INPUT_SCALE);
    }

    @Override
    String addConvolution(ModelLayer layer) {
        float outputScale = source.int8OutputScale(layer);
        if (layer.residual() == ModelLayer.NONE) {
            return convolve(layer, layer.name(), outputScale, layer.relu() ? unsigned : signed);
        }
        String part = layer.name() + "_part";
        convolve(layer, part, outputScale * PART_STEP, signed);
        return add(layer, part);
    }

    private String convolve(ModelLayer layer, String output, float outputScale, String outputZero) {
        OnnxNode node = new OnnxNode(
                "QLinearConv",
                output,
                input(layer),
                inputScale(layer),
                unsigned,
                model.constant(
                        layer.name() + "_weights", ElementType.INT8, source.int8Weights(layer), weightShape(layer)),
                weightScales(layer),
                weightZero,
                scale(output, outputScale),
                outputZero,
                bias(layer));
        return model.node(window(node, layer).microsoft().attribute("channels_last", 1));
    }

    private String add(ModelLayer layer, String part) {
        ModelLayer shortcut = source.layers().get(layer.residual());
        return model.node(new OnnxNode(
                        "QLinearAdd",
                        layer.name(),
                        part,
                        scaleOf(part),
                        signed,
                        residual(layer),
                        scaleOf(residual(layer)),
                        shortcut.role() == Role.PROJECTION ? signed : unsigned,
                        scale(layer.name(), source.int8OutputScale(layer)),
                        unsigned)
                .microsoft());
    }

    @Override
    String addMaxPool(ModelLayer layer) {
        scale(layer.name(), source.int8OutputScale(layer));
        return model.node(window(new OnnxNode("NhwcMaxPool", layer.name(), input(layer)), layer)
                .microsoft());
    }

    @Override
    String addAveragePool(ModelLayer layer) {
        String outputScale = scale(layer.name() + "_flat", source.int8OutputScale(layer));
        String mean = model.node(new OnnxNode(
                        "QLinearGlobalAveragePool",
                        layer.name(),
                        input(layer),
                        inputScale(layer),
                        unsigned,
                        outputScale,
                        unsigned)
                .microsoft()
                .attribute("channels_last", 1));
        return model.node(new OnnxNode("Flatten", layer.name() + "_flat", mean));
    }

    @Override
    String addClassifier(ModelLayer layer) {
        byte[] weights = source.int8Weights(layer);
        return model.node(new OnnxNode(
                        "QGemm",
                        OUTPUT,
                        input(layer),
                        inputScale(layer),
                        unsigned,
                        model.constant(
                                "fc_weights", ElementType.INT8, weights, layer.channelsOut(), layer.channelsIn()),
                        weightScales(layer),
                        model.constant(
                                "fc_zeros", ElementType.INT8, new byte[layer.channelsOut()], layer.channelsOut()),
                        bias(layer))
                .microsoft()
                .attribute("transB", 1));
    }

    private String weightScales(ModelLayer layer) {
        return model.constant(layer.name() + "_weight_scales", source.int8WeightScales(layer), layer.channelsOut());
    }

    /** The bias in steps of the products: input scale times weight scale. */
    private String bias(ModelLayer layer) {
        float[] bias = source.bias(layer);
        float[] weightScales = source.int8WeightScales(layer);
        float inputScale = layer.source() == ModelLayer.NONE
                ? Model.INPUT_SCALE
                : source.int8OutputScale(source.layers().get(layer.source()));
        int[] steps = new int[bias.length];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = Math.round(bias[k] / (inputScale * weightScales[k]));
        }
        return model.constant(layer.name() + "_bias", steps, steps.length);
    }

    private String inputScale(ModelLayer layer) {
        return scaleOf(input(layer));
    }

    /** Adds the scale of the tensor of this name. */
    private String scale(String tensor, float scale) {
        return model.constant(scaleOf(tensor), new float[] {scale});
    }

    private static String scaleOf(String tensor) {
        return tensor + "_scale";
    }
}
