/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.util.Arrays;
import java.util.Locale;

/**
 * One value as somebody wrote it.
 *
 * @param name the attribute or the configuration key that a message names
 */
record Setting(String name, String text) {

    int within(int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = \"" + text + "\" is not a whole number", e);
        }
        throw new IllegalArgumentException(
                name + " = " + text.strip() + " is out of range; it is between " + least + " and " + most);
    }

    double positive() {
        try {
            double value = Double.parseDouble(text.strip());
            if (value > 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = \"" + text + "\" is not a number", e);
        }
        throw new IllegalArgumentException(name + " = " + text.strip() + " is out of range; it is above 0");
    }

    boolean isTrue() {
        return oneOf("true", "false").equals("true");
    }

    <E extends Enum<E>> E constantOf(Class<E> type) {
        String[] names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return Enum.valueOf(type, oneOf(names).toUpperCase(Locale.ROOT));
    }

    private String oneOf(String... allowed) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!Arrays.asList(allowed).contains(value)) {
            throw new IllegalArgumentException(
                    name + " = \"" + text + "\" is unknown; allowed are " + String.join(", ", allowed));
        }
        return value;
    }
}
