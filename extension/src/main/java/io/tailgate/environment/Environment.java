/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.environment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The machine and the JVM that a figure was measured on, as ordered names and values; a value that could not be read
 * says so in words ("unknown: ..."), never 0.
 */
public record Environment(Map<String, String> facts) {

    public Environment {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
