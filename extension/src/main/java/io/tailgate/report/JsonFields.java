/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a parsed JSON object, asked for by name and kind; a missing or different one is an error with its name. */
record JsonFields(Map<?, ?> fields) {

    static JsonFields of(@Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return new JsonFields(fields);
        }
        throw new IllegalArgumentException("wanted a JSON object, found " + value);
    }

    String text(String name) {
        return field(name, String.class);
    }

    double number(String name) {
        return field(name, Double.class);
    }

    boolean isNull(String name) {
        return fields.get(name) == null;
    }

    JsonFields object(String name) {
        return of(field(name, Map.class));
    }

    List<JsonFields> objects(String name) {
        List<?> elements = field(name, List.class);
        return elements.stream().map(JsonFields::of).toList();
    }

    private <T> T field(String name, Class<T> kind) {
        Object value = fields.get(name);
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException(
                    "not a Tailgate report: wanted a " + kind.getSimpleName() + " \"" + name + "\", found " + value);
        }
        return kind.cast(value);
    }
}
