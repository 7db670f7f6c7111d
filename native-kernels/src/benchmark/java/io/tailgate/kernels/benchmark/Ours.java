/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Algorithm;
import io.tailgate.kernels.Isa;
import io.tailgate.kernels.Layer;
import io.tailgate.kernels.Precision;
import io.tailgate.kernels.ResNet152;
import java.util.Map;

/** Our network, as its users call it. */
final class Ours implements Contestant {

    private final String name;
    private final ResNet152 network;
    private final Map<String, String> settings;

    Ours(Precision precision, Algorithm algorithm, Isa isa, int batch, int... cpus) {
        this.network = ResNet152.builder()
                .precision(precision)
                .algorithm(algorithm)
                .isa(isa)
                .batch(batch)
                .hugePages(HugePages.ARE_THERE)
                .cpus(Cpus.list(cpus))
                .build();
        this.settings = Map.of(
                "threads", Integer.toString(cpus.length),
                "cpus", Cpus.list(cpus),
                "algorithm", algorithm.toString(),
                "isa", network.isaName(),
                "hugePages", Boolean.toString(HugePages.ARE_THERE));
        this.name = "ours, " + label(algorithm) + network.isaName();
    }

    private static String label(Algorithm algorithm) {
        return switch (algorithm) {
            case AUTO -> "";
            case DIRECT -> "direct, ";
            case WINOGRAD -> "Winograd, ";
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void run() {
        network.run();
    }

    @Override
    public float[] logits() {
        return network.logits();
    }

    /** Returns the nominal operations of a run: padding counted, Winograd as if it were direct. */
    double operations() {
        return network.layers().stream().mapToDouble(Layer::flops).sum();
    }

    @Override
    public void close() {
        network.close();
    }
}
