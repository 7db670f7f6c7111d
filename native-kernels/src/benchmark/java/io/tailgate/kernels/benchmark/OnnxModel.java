/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An ONNX model in the making: of {@code onnx.proto3} what a convolutional network needs. */
final class OnnxModel {

    /** The domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;

    /** {@code TensorProto.DataType}. */
    enum ElementType {
        FLOAT(1),
        UINT8(2),
        INT8(3),
        INT32(6);

        private final int code;

        ElementType(int code) {
            this.code = code;
        }
    }

    private final ProtoMessage graph = new ProtoMessage();

    OnnxModel(String name) {
        graph.text(2, name);
    }

    void input(String name, ElementType type, long... shape) {
        graph.message(11, value(name, type, shape));
    }

    void output(String name, ElementType type, long... shape) {
        graph.message(12, value(name, type, shape));
    }

    private static ProtoMessage value(String name, ElementType type, long... shape) {
        ProtoMessage dimensions = new ProtoMessage();
        for (long length : shape) {
            dimensions.message(1, new ProtoMessage().number(1, length));
        }
        ProtoMessage tensor = new ProtoMessage().number(1, type.code).message(2, dimensions);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    /** Appends a node, after those that it reads from, and returns its output's name. */
    String node(OnnxNode node) {
        graph.message(1, node.proto());
        return node.output();
    }

    /** Adds a constant and returns its name. A shape without lengths: a scalar. */
    String constant(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, ElementType.FLOAT, raw.array(), shape);
    }

    /** Adds a constant and returns its name. */
    String constant(String name, int[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(values);
        return constant(name, ElementType.INT32, raw.array(), shape);
    }

    /** Adds a constant and returns its name; {@code raw}: the elements, little-endian. */
    String constant(String name, ElementType type, byte[] raw, long... shape) {
        ProtoMessage tensor = new ProtoMessage();
        for (long length : shape) {
            tensor.number(1, length);
        }
        graph.message(5, tensor.number(2, type.code).text(8, name).bytes(9, raw));
        return name;
    }

    byte[] toByteArray() {
        return new ProtoMessage()
                .number(1, IR_VERSION)
                .text(2, "tailgate")
                .message(8, new ProtoMessage().number(2, OPERATOR_SET))
                .message(8, new ProtoMessage().text(1, MICROSOFT).number(2, 1))
                .message(7, graph)
                .toByteArray();
    }
}
