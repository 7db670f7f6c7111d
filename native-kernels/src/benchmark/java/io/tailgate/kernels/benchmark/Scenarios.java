/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All scenarios. */
final class Scenarios {

    private static final List<Integer> MATRIX_SIZES = List.of(512, 1024, 2048, 4096);
    private static final List<Integer> BATCHES = List.of(8, 1);
    private static final int MOST_THREADS = 2;

    private Scenarios() {}

    /** Returns all for this many CPUs: on one or two of them, however many there are. */
    static List<Scenario> all(int cpus) {
        int most = Math.min(cpus, MOST_THREADS);
        List<Scenario> all = new ArrayList<>();
        for (int threads = most; threads >= 1; threads--) {
            all.addAll(ofNetworks(NetworkScenario::new, threads));
            all.addAll(products(threads));
        }
        all.addAll(ofNetworks(LayersScenario::new, most));
        all.add(new JitterScenario(Hold.NOTHING, most));
        all.add(new JitterScenario(Hold.VNNI, most));
        all.add(new ColdStartScenario(Precision.FP32, most));
        all.add(new ColdStartScenario(Precision.INT8, most));
        return all;
    }

    /** Makes a scenario of the whole network. */
    private interface OfNetwork {
        Scenario of(Precision precision, Hold hold, int batch, int threads);
    }

    private static List<Scenario> ofNetworks(OfNetwork kind, int threads) {
        return BATCHES.stream()
                .flatMap(batch -> Stream.of(
                        kind.of(Precision.FP32, Hold.NOTHING, batch, threads),
                        kind.of(Precision.INT8, Hold.NOTHING, batch, threads),
                        kind.of(Precision.INT8, Hold.VNNI, batch, threads),
                        kind.of(Precision.FP32, Hold.AVX2, batch, threads),
                        kind.of(Precision.INT8, Hold.AVX2, batch, threads)))
                .toList();
    }

    private static List<Scenario> products(int threads) {
        return MATRIX_SIZES.stream()
                .<Scenario>map(size -> new SgemmScenario(size, threads))
                .toList();
    }
}
