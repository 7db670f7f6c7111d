/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.environment;

import java.util.LinkedHashMap;
import java.util.Map;

/** Joins what the machine says of itself with what this JVM says of itself. */
public final class EnvironmentProbe {

    private EnvironmentProbe() {}

    /**
     * Returns the machine's facts in their order, then the JVM's.
     *
     * @param machineFacts names and values; a value that could not be read should say why, a blank one is called unknown
     */
    public static Environment describe(Map<String, String> machineFacts) {
        return join(machineFacts, JvmFacts.read());
    }

    static Environment join(Map<String, String> machineFacts, Map<String, String> jvmFacts) {
        Map<String, String> facts = new LinkedHashMap<>();
        machineFacts.forEach((name, value) -> facts.put(name, orUnknown(value, "the machine gave no value")));
        facts.putAll(jvmFacts);
        return new Environment(facts);
    }

    static String orUnknown(String value, String why) {
        return value.isBlank() ? "unknown: " + why : value.strip();
    }
}
