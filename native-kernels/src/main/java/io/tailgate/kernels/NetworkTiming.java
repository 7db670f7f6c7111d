/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The times of a network: in each iteration it runs as a whole, then layer by layer. Nothing is allocated or printed while
 * the clock runs.
 */
final class NetworkTiming {

    /** A layer, or all layers of a shape: they do equal work, so that their times are one sample. */
    record Line(String name, Layer first, int layers, Times times) {

        /** Returns what all layers of this line take, on average. */
        double sumOfAveragesMs() {
            return layers * times.averageMs();
        }
    }

    private final List<Layer> layers;
    private final long[] whole;
    private final long[][] ofLayer;
    private final List<WorkerCounters> workers = new ArrayList<>();

    private NetworkTiming(List<Layer> layers, int iterations) {
        this.layers = layers;
        this.whole = new long[iterations];
        this.ofLayer = new long[layers.size()][iterations];
    }

    static NetworkTiming of(ResNet152 network, int warmup, int iterations, TimingProgress progress) {
        pass("warming up", network, new NetworkTiming(network.layers(), warmup), progress);
        NetworkTiming timing = new NetworkTiming(network.layers(), iterations);
        List<WorkerCounters> before = network.workers();
        pass("timing", network, timing, progress);
        List<WorkerCounters> after = network.workers();
        for (int i = 0; i < after.size(); i++) {
            timing.workers.add(after.get(i).since(before.get(i)));
        }
        return timing;
    }

    private static void pass(String phase, ResNet152 network, NetworkTiming into, TimingProgress progress) {
        progress.begin(phase, into.whole.length);
        for (int iteration = 0; iteration < into.whole.length; iteration++) {
            into.time(network, iteration);
            progress.done(iteration + 1);
        }
    }

    private void time(ResNet152 network, int iteration) {
        long start = System.nanoTime();
        network.run();
        whole[iteration] = System.nanoTime() - start;
        for (int i = 0; i < ofLayer.length; i++) {
            start = System.nanoTime();
            layers.get(i).run();
            ofLayer[i][iteration] = System.nanoTime() - start;
        }
    }

    Times whole() {
        return new Times(whole);
    }

    /** Returns the time of each whole run, in the order in which they ran. */
    long[] wholeInOrder() {
        return whole.clone();
    }

    /** Returns what each native thread did in all iterations. */
    List<WorkerCounters> workers() {
        return List.copyOf(workers);
    }

    /** Returns the operations of a whole run. */
    double flops() {
        return layers.stream().mapToDouble(Layer::flops).sum();
    }

    List<Line> everyLayer() {
        return IntStream.range(0, layers.size()).mapToObj(this::line).toList();
    }

    private Line line(int index) {
        Layer layer = layers.get(index);
        return new Line(layer.name(), layer, 1, new Times(ofLayer[index]));
    }

    /** Returns a line for each shape, in the order in which the shapes first occur. */
    List<Line> byShape() {
        Map<String, int[]> indices = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            indices.merge(layers.get(i).shape(), new int[] {i}, NetworkTiming::joined);
        }
        return indices.values().stream().map(this::line).toList();
    }

    private static int[] joined(int[] some, int[] more) {
        return IntStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
    }

    private Line line(int[] indices) {
        Layer first = layers.get(indices[0]);
        String others = indices.length == 1 ? "" : " and " + (indices.length - 1) + " more";
        long[] times = Arrays.stream(indices)
                .mapToObj(index -> ofLayer[index])
                .flatMapToLong(Arrays::stream)
                .toArray();
        return new Line(first.name() + others, first, indices.length, new Times(times));
    }
}
