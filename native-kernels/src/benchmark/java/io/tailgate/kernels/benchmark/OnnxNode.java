/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** ONNX's {@code NodeProto}: one operator with its inputs, its one output and its attributes. */
final class OnnxNode {

    private static final int INT = 2; // AttributeProto.AttributeType
    private static final int INTS = 7;

    private final ProtoMessage proto = new ProtoMessage();
    private final String output;

    /** An operator of ONNX itself. */
    OnnxNode(String operator, String output, String... inputs) {
        this.output = output;
        for (String input : inputs) {
            proto.text(1, input);
        }
        proto.text(2, output).text(3, output + ":" + operator).text(4, operator);
    }

    /** Makes it one of ONNX Runtime's own operators. */
    OnnxNode microsoft() {
        proto.text(7, OnnxModel.MICROSOFT);
        return this;
    }

    OnnxNode attribute(String name, long value) {
        proto.message(5, new ProtoMessage().text(1, name).number(3, value).number(20, INT));
        return this;
    }

    OnnxNode attributes(String name, long... values) {
        ProtoMessage attribute = new ProtoMessage().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        proto.message(5, attribute.number(20, INTS));
        return this;
    }

    String output() {
        return output;
    }

    ProtoMessage proto() {
        return proto;
    }
}
