/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshOrderTests {

    private static final FreshOrder ORDER = new FreshOrder(
            "[engine:x]/[test-template-invocation:#2]",
            Map.of("tailgate.mode", "report"),
            Map.of("java.class.path", "a:".repeat(100_000), "odd = key", "two\nlines \u00e4\u20ac", "empty", ""));

    @Test
    void comesOutAsItWentInWhateverFollows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ORDER.write(bytes);
        bytes.write('x');

        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());

        assertThat(FreshOrder.read(in)).isEqualTo(ORDER);
        assertThat(in.read()).isEqualTo('x');
    }

    @Test
    void isNotCarriedOutByHalf() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ORDER.write(bytes);

        assertThatThrownBy(() -> FreshOrder.read(new ByteArrayInputStream(bytes.toByteArray(), 0, bytes.size() - 1)))
                .isInstanceOf(EOFException.class);
    }
}
