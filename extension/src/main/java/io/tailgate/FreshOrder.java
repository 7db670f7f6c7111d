/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What another JVM is told to run. It comes by the standard input: there everybody could read passwords in a command line.
 *
 * @param uniqueId JUnit's, of one test or one invocation
 * @param parameters of the launcher's request
 * @param properties of the system
 */
record FreshOrder(String uniqueId, Map<String, String> parameters, Map<String, String> properties) {

    private static final String ID = "id";
    private static final String PARAMETER = "parameter.";
    private static final String PROPERTY = "property.";

    FreshOrder {
        parameters = Map.copyOf(parameters);
        properties = Map.copyOf(properties);
    }

    /** Writes it with its length in front, so that the stream may stay open. */
    void write(OutputStream out) throws IOException {
        Properties all = new Properties();
        all.setProperty(ID, uniqueId);
        parameters.forEach((key, value) -> all.setProperty(PARAMETER + key, value));
        properties.forEach((key, value) -> all.setProperty(PROPERTY + key, value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all.store(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), null);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(bytes.size());
        bytes.writeTo(data);
        data.flush();
    }

    static FreshOrder read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] bytes = new byte[data.readInt()];
        data.readFully(bytes);
        Properties all = new Properties();
        all.load(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        return new FreshOrder(
                Objects.requireNonNull(all.getProperty(ID), "the id of a test"),
                with(PARAMETER, all),
                with(PROPERTY, all));
    }

    private static Map<String, String> with(String prefix, Properties all) {
        Map<String, String> with = new TreeMap<>();
        for (String key : all.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                with.put(key.substring(prefix.length()), all.getProperty(key));
            }
        }
        return with;
    }
}
