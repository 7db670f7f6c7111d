/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What {@link TimingCommand} can be told, with what it takes for granted. */
enum TimingOption {
    MODEL("NAME", "resnet152", "the network; there is no other"),
    PRECISION(words(Precision.values()), "fp32", "the numbers to compute in"),
    ALGORITHM(words(Algorithm.values()), "auto", "how FP32 computes its 3x3 convolutions of stride 1"),
    ISA(words(Isa.values()), "best", "the instruction set of the kernels"),
    BATCH("N", "1", "images a run, 1 to 1024"),
    ITERATIONS("N", "50", "whole runs, and passes layer by layer, that are timed; 1 to 100000"),
    WARMUP("N", "5", "the same before them, not timed; 0 to 100000"),
    CPUS("LIST", "", "one thread is pinned to each, e.g. 0-3,8; all that this process may use"),
    HUGE_PAGES("", "", "asks for transparent huge pages for weights and activations"),
    MEMORY_NODE("NODE", "", "puts them on this NUMA node; each thread's own on its own"),
    LAYERS("", "", "every layer for itself, not all of a shape in one line"),
    JSON("FILE", "", "writes the same figures there, and the time of each whole run");

    /** What follows the name; empty if nothing does. */
    private final String parameter;

    private final String byDefault;
    private final String help;

    TimingOption(String parameter, String byDefault, String help) {
        this.parameter = parameter;
        this.byDefault = byDefault;
        this.help = help;
    }

    static Optional<TimingOption> named(String text) {
        return Arrays.stream(values())
                .filter(option -> option.text().equals(text))
                .findFirst();
    }

    /** Returns the constants' names as they are typed: {@code fp32|int8}. */
    static String words(Enum<?>[] values) {
        return Arrays.stream(values).map(TimingOption::word).collect(joining("|"));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the option as it is typed: {@code --batch}. */
    String text() {
        return "--" + word(this).replace('_', '-');
    }

    boolean hasParameter() {
        return !parameter.isEmpty();
    }

    String parameter() {
        return parameter;
    }

    String byDefault() {
        return byDefault;
    }

    static String usage() {
        return Arrays.stream(values())
                .map(TimingOption::usageLine)
                .collect(joining("\n", "usage: time-network [OPTION VALUE]...\n", ""));
    }

    private String usageLine() {
        String typed = hasParameter() ? text() + " " + parameter : text();
        String unless = byDefault.isEmpty() ? "" : " (" + byDefault + ")";
        return String.format(Locale.ROOT, "  %-42s %s%s", typed, help, unless);
    }
}
