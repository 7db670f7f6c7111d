/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.benchmark.OnnxModel.ElementType;

/** In FP32, NCHW: the form whose convolution, sum and ReLU ONNX Runtime fuses, in a layout of its own. */
final class OnnxFp32Network extends OnnxNetwork {

    OnnxFp32Network(Model source, int batch) {
        super(source, batch);
    }

    @Override
    void addInput() {
        model.input(INPUT, ElementType.FLOAT, batch, colours(), Model.IMAGE_SIZE, Model.IMAGE_SIZE);
    }

    @Override
    String addConvolution(ModelLayer layer) {
        String name = layer.name();
        String weights = model.constant(name + "_weights", source.weights(layer), weightShape(layer));
        String bias = model.constant(name + "_bias", source.bias(layer), layer.channelsOut());
        String sum = model.node(window(new OnnxNode("Conv", name, input(layer), weights, bias), layer));
        if (layer.residual() != ModelLayer.NONE) {
            sum = model.node(new OnnxNode("Add", name + "_sum", sum, residual(layer)));
        }
        return layer.relu() ? model.node(new OnnxNode("Relu", name + "_relu", sum)) : sum;
    }

    @Override
    String addMaxPool(ModelLayer layer) {
        return model.node(window(new OnnxNode("MaxPool", layer.name(), input(layer)), layer));
    }

    @Override
    String addAveragePool(ModelLayer layer) {
        String mean = model.node(new OnnxNode("GlobalAveragePool", layer.name(), input(layer)));
        return model.node(new OnnxNode("Flatten", layer.name() + "_flat", mean));
    }

    @Override
    String addClassifier(ModelLayer layer) {
        String weights = model.constant("fc_weights", source.weights(layer), layer.channelsOut(), layer.channelsIn());
        String bias = model.constant("fc_bias", source.bias(layer), layer.channelsOut());
        return model.node(new OnnxNode("Gemm", OUTPUT, input(layer), weights, bias).attribute("transB", 1));
    }
}
