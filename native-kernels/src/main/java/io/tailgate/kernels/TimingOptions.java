/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** {@link TimingCommand}'s command line, checked. Whatever is wrong with it is an {@link IllegalArgumentException}. */
record TimingOptions(
        Precision precision,
        Algorithm algorithm,
        Isa isa,
        int batch,
        int iterations,
        int warmup,
        MemoryRequest memory,
        Optional<CpuList> cpus,
        boolean everyLayer,
        Optional<Path> json) {

    private static final int MOST_IMAGES = 1024;
    private static final int MOST_NODES = 1023;
    private static final int MOST_ITERATIONS = 100_000; // 126 MB of times

    static TimingOptions parse(String... arguments) {
        Map<TimingOption, String> given = read(arguments);
        String model = value(given, TimingOption.MODEL);
        if (!model.equals(TimingOption.MODEL.byDefault())) {
            throw new IllegalArgumentException("--model " + model + ": the only model is resnet152");
        }
        return new TimingOptions(
                constant(given, TimingOption.PRECISION, Precision.values()),
                constant(given, TimingOption.ALGORITHM, Algorithm.values()),
                constant(given, TimingOption.ISA, Isa.values()),
                number(given, TimingOption.BATCH, 1, MOST_IMAGES),
                number(given, TimingOption.ITERATIONS, 1, MOST_ITERATIONS),
                number(given, TimingOption.WARMUP, 0, MOST_ITERATIONS),
                memory(given),
                Optional.ofNullable(given.get(TimingOption.CPUS)).map(CpuList::parse),
                given.containsKey(TimingOption.LAYERS),
                Optional.ofNullable(given.get(TimingOption.JSON)).map(TimingOptions::file));
    }

    private static MemoryRequest memory(Map<TimingOption, String> given) {
        MemoryRequest request = MemoryRequest.DEFAULT.withHugePages(given.containsKey(TimingOption.HUGE_PAGES));
        return given.containsKey(TimingOption.MEMORY_NODE)
                ? request.withNode(number(given, TimingOption.MEMORY_NODE, 0, MOST_NODES))
                : request;
    }

    private static Map<TimingOption, String> read(String... arguments) {
        Map<TimingOption, String> given = new EnumMap<>(TimingOption.class);
        for (int i = 0; i < arguments.length; i++) {
            String typed = arguments[i];
            TimingOption option = TimingOption.named(typed)
                    .orElseThrow(() -> new IllegalArgumentException(
                            typed + " is not an option; --help lists those that there are"));
            if (option.hasParameter() && i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        typed + " must be followed by " + option.parameter() + ", but is the last word");
            }
            String value = option.hasParameter() ? arguments[++i] : "";
            if (given.put(option, value) != null) {
                throw new IllegalArgumentException(typed + " is there twice; give it once");
            }
        }
        return given;
    }

    private static String value(Map<TimingOption, String> given, TimingOption option) {
        return given.getOrDefault(option, option.byDefault());
    }

    private static <E extends Enum<E>> E constant(Map<TimingOption, String> given, TimingOption option, E[] values) {
        String text = value(given, option);
        for (E value : values) {
            if (TimingOption.word(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                option.text() + " must be " + option.parameter() + ", but is \"" + text + "\"");
    }

    private static int number(Map<TimingOption, String> given, TimingOption option, int least, int most) {
        String text = value(given, option);
        String wanted = option.text() + " must be a whole number from " + least + " to " + most + ", but is ";
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wanted + "\"" + text + "\"", e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(wanted + number);
        }
        return number;
    }

    /** Checked now: nobody wants to hear after minutes of timing that there is no such folder. */
    private static Path file(String text) {
        Path file;
        try {
            file = Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--json must be a file, but is \"" + text + "\"", e);
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "--json must be a file, but " + text + " is a folder; name a file in it");
        }
        Path folder = file.getParent();
        boolean writable = Files.exists(file) ? Files.isWritable(file) : folder != null && Files.isWritable(folder);
        if (!writable) {
            throw new IllegalArgumentException(
                    "--json " + text + ": cannot be written; make its folder first," + " or choose one that is yours");
        }
        return file;
    }
}
