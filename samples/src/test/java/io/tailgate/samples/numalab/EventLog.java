/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Appends one line of JSON for each test: how it ended, and what the kernel did meanwhile. */
final class EventLog implements TestExecutionListener {

    private final Path file;
    private KernelState before = KernelState.read();
    private int tests;
    private String trouble = "";

    EventLog(Path file) {
        this.file = file;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            before = KernelState.read();
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            append(line(test, result, before, KernelState.read()));
            tests++;
        } else {
            result.getThrowable().ifPresent(e -> trouble = ": " + e);
        }
    }

    private static String line(TestIdentifier test, TestExecutionResult result, KernelState before, KernelState after) {
        return "{\"class\":" + text(simpleName(test))
                + ",\"test\":" + text(test.getDisplayName())
                + ",\"status\":" + text(result.getStatus().name())
                + ",\"message\":"
                + text(result.getThrowable().map(EventLog::firstLine).orElse(null))
                + ",\"balancingBefore\":" + text(before.balancing())
                + ",\"balancingAfter\":" + text(after.balancing())
                + ",\"hintFaultsOnHost\":" + after.hintFaultsSince(before) + "}\n";
    }

    private static String simpleName(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getClassName())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow();
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            if (character < ' ') {
                quoted.append(String.format("\\u%04x", character));
            } else {
                quoted.append(character == '"' || character == '\\' ? "\\" : "").append((char) character);
            }
        });
        return quoted.append('"').toString();
    }

    private void append(String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // JUnit would only log it
        }
    }

    /** Returns how many tests have ended. */
    int tests() {
        return tests;
    }

    /** Returns what kept tests from running, to be joined to words before it. */
    String why() {
        return trouble;
    }
}
