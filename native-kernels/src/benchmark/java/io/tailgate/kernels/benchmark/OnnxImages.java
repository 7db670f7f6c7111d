/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.tailgate.kernels.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A {@link Model}'s images as its {@link OnnxNetwork} reads them: INT8 as they are, FP32 as real numbers in NCHW. */
final class OnnxImages {

    private static final int SIZE = Model.IMAGE_SIZE;
    private static final int PIXELS = SIZE * SIZE;

    private OnnxImages() {}

    /** Returns image {@code first} and the {@code count - 1} after it. */
    static OnnxTensor of(Model model, int first, int count) throws OrtException {
        byte[] nhwc = model.pixels();
        int colours = nhwc.length / (model.batch() * PIXELS);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (model.precision() == Precision.INT8) {
            ByteBuffer bytes = direct(count * PIXELS * colours);
            bytes.put(nhwc, first * PIXELS * colours, bytes.capacity()).rewind();
            return OnnxTensor.createTensor(
                    environment, bytes, new long[] {count, SIZE, SIZE, colours}, OnnxJavaType.UINT8);
        }
        FloatBuffer nchw = direct(count * colours * PIXELS * Float.BYTES).asFloatBuffer();
        for (int plane = first * colours; plane < (first + count) * colours; plane++) {
            putPlane(nhwc, plane / colours * PIXELS * colours + plane % colours, colours, nchw);
        }
        return OnnxTensor.createTensor(environment, nchw.rewind(), new long[] {count, colours, SIZE, SIZE});
    }

    private static void putPlane(byte[] nhwc, int from, int step, FloatBuffer plane) {
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            plane.put(Byte.toUnsignedInt(nhwc[from + pixel * step]) * Model.INPUT_SCALE);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
