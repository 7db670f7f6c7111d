/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times the network, whole and layer by layer, in the way of {@code caffe time}. What {@code time-network} starts. */
final class TimingCommand {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 64; // EX_USAGE of sysexits.h

    private final PrintStream out;
    private final PrintStream errors;
    private final ResNet152.Builder builder;

    /** @param builder of the network that the options are about; tests take a reduced one */
    TimingCommand(PrintStream out, PrintStream errors, ResNet152.Builder builder) {
        this.out = out;
        this.errors = errors;
        this.builder = builder;
    }

    public static void main(String[] arguments) {
        System.exit(new TimingCommand(System.out, System.err, ResNet152.builder()).run(arguments));
    }

    /**
     * Returns the exit status: 0; 64 for arguments that are wrong, 1 where this machine cannot do what they ask for,
     * either with a sentence on the error stream.
     */
    int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.println(TimingOption.usage());
            return 0;
        }
        try {
            time(TimingOptions.parse(arguments));
            return 0;
        } catch (IllegalArgumentException e) {
            return failed(WRONG_USE, e);
        } catch (UnsupportedOperationException | KernelException | UncheckedIOException e) {
            return failed(FAILED, e);
        }
    }

    private int failed(int status, RuntimeException e) {
        errors.println("time-network: " + e.getMessage());
        return status;
    }

    private void time(TimingOptions options) {
        TimingProgress progress = new TimingProgress(errors, () -> System.nanoTime() / 1_000_000);
        CpuList cpus = options.cpus().orElseGet(CpuList::allowed);
        builder.precision(options.precision())
                .algorithm(options.algorithm())
                .isa(options.isa())
                .batch(options.batch())
                .hugePages(options.memory().hugePages())
                .cpus(cpus.toString());
        if (options.memory().node() != MemoryRequest.FIRST_TOUCH) {
            builder.memoryNode(options.memory().node());
        }
        try (ResNet152 network = progress.during("building the network", builder::build)) {
            NetworkTiming timing = NetworkTiming.of(network, options.warmup(), options.iterations(), progress);
            Map<String, Object> header = header(options, network.isaName(), cpus);
            if (!options.memory().equals(MemoryRequest.DEFAULT)) {
                header.put("memory", words(network.memory()));
            }
            report(options, header, timing);
        }
    }

    /** What the kernel gave, which may be less than was asked for. */
    private static String words(MemoryUse use) {
        StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "%.1f MB", use.residentBytes() / 1e6));
        words.append(String.format(Locale.ROOT, " (%.1f MB on huge pages", use.hugePageBytes() / 1e6));
        use.bytesOnNode()
                .forEach((node, bytes) ->
                        words.append(String.format(Locale.ROOT, "; %.1f MB on node %d", bytes / 1e6, node)));
        return words.append(')').toString();
    }

    private static Map<String, Object> header(TimingOptions options, String isaName, CpuList cpus) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("model", "resnet152");
        header.put("precision", TimingOption.word(options.precision()));
        header.put("algorithm", TimingOption.word(options.algorithm()));
        header.put("isa", isaName);
        header.put("batch", options.batch());
        header.put("cpus", cpus.toString());
        header.put("iterations", options.iterations());
        header.put("warmup", options.warmup());
        return header;
    }

    private void report(TimingOptions options, Map<String, Object> header, NetworkTiming timing) {
        List<NetworkTiming.Line> lines = options.everyLayer() ? timing.everyLayer() : timing.byShape();
        TimingTable table = new TimingTable(timing, options.precision() == Precision.FP32 ? "GFLOP/s" : "GOP/s");
        StringBuilder title = new StringBuilder();
        header.forEach(
                (name, value) -> title.append(title.isEmpty() ? "" : ", ").append(name + " " + value));
        out.printf("%s%n%n%s%n%s%n%s", title, table.of(lines), table.summary(), table.workers());
        options.json().ifPresent(file -> write(file, TimingJson.of(header, timing, lines)));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
