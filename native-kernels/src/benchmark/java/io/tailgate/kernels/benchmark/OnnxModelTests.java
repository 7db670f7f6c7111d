/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tailgate.kernels.benchmark.OnnxModel.ElementType;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written, read by ONNX Runtime. */
class OnnxModelTests {

    @Test
    void nodesConstantsAndAttributesArrive() throws OrtException {
        OnnxModel model = new OnnxModel("test");
        model.input("x", ElementType.FLOAT, 1, 1, 2, 2);
        model.constant("w", new float[] {2}, 1, 1, 1, 1);
        model.constant("b", new float[] {0.5f}, 1);
        OnnxNode convolution = new OnnxNode("Conv", "c", "x", "w", "b");
        model.node(convolution.attributes("strides", 1, 2).attributes("pads", 0, 0, 1, 0));
        model.node(new OnnxNode("Flatten", "y", "c").attribute("axis", 2));
        model.output("y", ElementType.FLOAT, 1, 3);
        // 3 rows, the last of them padding, of every second column
        assertThat(run(model, 1, 2, 3, 4)).isDeepEqualTo(new float[][] {{2.5f, 6.5f, 0.5f}});
    }

    @Test
    void operatorsOfOnnxRuntimeArrive() throws OrtException {
        OnnxModel model = new OnnxModel("test");
        model.input("x", ElementType.FLOAT, 1, 1, 2, 2);
        model.constant("scale", new float[] {0.5f});
        model.constant("zero", ElementType.UINT8, new byte[] {(byte) 128});
        model.node(new OnnxNode("QuantizeLinear", "q", "x", "scale", "zero"));
        model.node(new OnnxNode("QLinearAdd", "s", "q", "scale", "zero", "q", "scale", "zero", "scale", "zero")
                .microsoft());
        model.node(new OnnxNode("DequantizeLinear", "d", "s", "scale", "zero"));
        model.node(new OnnxNode("Flatten", "y", "d"));
        model.output("y", ElementType.FLOAT, 1, 4);
        assertThat(run(model, 1, -2, 3.2f, 100)).isDeepEqualTo(new float[][] {{2, -4, 6, 63.5f}});
    }

    private static float[][] run(OnnxModel model, float... pixels) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.toByteArray());
                OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), new long[] {1, 1, 2, 2});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            return (float[][]) result.get(0).getValue();
        }
    }
}
