/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import io.tailgate.kernels.Layer;
import io.tailgate.kernels.ResNet152;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of {@code caffe time}: what each distinct layer takes, and what all of its kind take together. GFLOP/s are
 * nominal: what a direct convolution would compute, padding included, so that Winograd's exceed the machine's.
 */
final class ForwardTimes {

    private static final int ROUNDS = 11;

    private ForwardTimes() {}

    /** Returns the network's layers by shape, in the order in which the shapes first occur. */
    static Map<String, List<Layer>> byShape(ResNet152 network) {
        return network.layers().stream()
                .collect(Collectors.groupingBy(Layer::shape, LinkedHashMap::new, Collectors.toList()));
    }

    static void print(String title, ResNet152 network) {
        StringBuilder table = new StringBuilder(title)
                .append(String.format(Locale.ROOT, ", median of %d forward passes a layer%n", ROUNDS))
                .append(String.format(
                        Locale.ROOT,
                        "  %-28s %-34s %5s %10s %10s %9s%n",
                        "first of its kind",
                        "shape",
                        "count",
                        "one, ms",
                        "all, ms",
                        "GFLOP/s"));
        double total = 0;
        for (Map.Entry<String, List<Layer>> kind : byShape(network).entrySet()) {
            List<Layer> layers = kind.getValue();
            double milliseconds = medianMilliseconds(layers.get(0));
            total += milliseconds * layers.size();
            table.append(row(layers, milliseconds));
        }
        System.out.print(table.append(String.format(Locale.ROOT, "  sum of all layers %.2f ms%n", total)));
    }

    private static String row(List<Layer> layers, double milliseconds) {
        Layer first = layers.get(0);
        return String.format(
                Locale.ROOT,
                "  %-28s %-34s %5d %10.3f %10.2f %9.1f%n",
                first.name(),
                first.shape(),
                layers.size(),
                milliseconds,
                milliseconds * layers.size(),
                first.flops() / milliseconds / 1e6);
    }

    private static double medianMilliseconds(Layer layer) {
        long[] nanoseconds = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            layer.run();
            nanoseconds[round] = System.nanoTime() - start;
        }
        Arrays.sort(nanoseconds);
        return nanoseconds[ROUNDS / 2] / 1e6;
    }
}
