/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers, appended field by field. It keeps the arrays that it is given and
 * joins them once, at the end: a model is a quarter of a gigabyte of weights inside four messages.
 */
final class ProtoMessage {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final List<byte[]> pieces = new ArrayList<>();
    private int length;

    ProtoMessage number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoMessage bytes(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        piece(value);
        return this;
    }

    /** Appends what {@code value} has by now. */
    ProtoMessage message(int field, ProtoMessage value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        value.pieces.forEach(this::piece);
        return this;
    }

    byte[] toByteArray() {
        ByteBuffer joined = ByteBuffer.allocate(length);
        pieces.forEach(joined::put);
        return joined.array();
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private void varint(long value) {
        int size = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int more = i < size - 1 ? 0x80 : 0;
            bytes[i] = (byte) (((value >>> (7 * i)) & 0x7f) | more);
        }
        piece(bytes);
    }

    private void piece(byte[] bytes) {
        pieces.add(bytes);
        length = Math.addExact(length, bytes.length);
    }
}
