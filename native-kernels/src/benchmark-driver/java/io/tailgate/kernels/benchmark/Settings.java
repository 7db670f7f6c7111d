/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import org.jspecify.annotations.Nullable;

/** Numbers that the command line may set. */
final class Settings {

    private Settings() {}

    /** Returns how many a system property asks for, at least one. */
    static int count(String property, int otherwise) {
        String text = System.getProperty(property, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong(property, text, e);
        }
        throw wrong(property, text, null);
    }

    private static IllegalArgumentException wrong(String property, String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "-D%s=%s: a whole number from 1 was wanted; give one, or leave it out".formatted(property, text),
                cause);
    }
}
