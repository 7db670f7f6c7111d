/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link Model} as an ONNX model; the precisions differ in operators. */
abstract class OnnxNetwork {

    static final String INPUT = "images";
    static final String OUTPUT = "logits";

    /** Images; may be a share of the model's. */
    final int batch;

    final Model source;
    final OnnxModel model = new OnnxModel("resnet152");
    private final List<String> outputs = new ArrayList<>();

    OnnxNetwork(Model source, int batch) {
        this.source = source;
        this.batch = batch;
    }

    /** Returns the bytes of an ONNX file for {@code batch} images. */
    static byte[] bytes(Model source, int batch) {
        OnnxNetwork network = source.precision() == Precision.FP32
                ? new OnnxFp32Network(source, batch)
                : new OnnxInt8Network(source, batch);
        return network.write();
    }

    private byte[] write() {
        addInput();
        for (ModelLayer layer : source.layers()) {
            outputs.add(add(layer));
        }
        model.output(OUTPUT, OnnxModel.ElementType.FLOAT, batch, Model.CLASSES);
        return model.toByteArray();
    }

    private String add(ModelLayer layer) {
        return switch (layer.role()) {
            case MAX_POOL -> addMaxPool(layer);
            case AVERAGE_POOL -> addAveragePool(layer);
            case CLASSIFIER -> addClassifier(layer);
            default -> addConvolution(layer);
        };
    }

    abstract void addInput();

    /** Adds the convolution with its residual and its ReLU, and returns the name of the output; as do the others. */
    abstract String addConvolution(ModelLayer layer);

    abstract String addMaxPool(ModelLayer layer);

    /** The output is [batch][channels]. */
    abstract String addAveragePool(ModelLayer layer);

    abstract String addClassifier(ModelLayer layer);

    int colours() {
        return source.layers().get(0).channelsIn();
    }

    /** Returns the name of what a layer reads. */
    String input(ModelLayer layer) {
        return layer.source() == ModelLayer.NONE ? INPUT : outputs.get(layer.source());
    }

    /** Returns the name of what a layer adds. */
    String residual(ModelLayer layer) {
        return outputs.get(layer.residual());
    }

    /** Adds the attributes of a convolution or a pool. */
    static OnnxNode window(OnnxNode node, ModelLayer layer) {
        int padding = layer.padding();
        return node.attributes("kernel_shape", layer.kernel(), layer.kernel())
                .attributes("strides", layer.stride(), layer.stride())
                .attributes("pads", padding, padding, padding, padding);
    }

    /** Weights as ONNX has them: out, in, row, column. */
    static long[] weightShape(ModelLayer layer) {
        return new long[] {layer.channelsOut(), layer.channelsIn(), layer.kernel(), layer.kernel()};
    }
}
