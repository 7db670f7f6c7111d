/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import io.tailgate.kernels.SgemmMatrices;
import java.util.List;

/** A square matrix product in FP32, B packed beforehand where a contestant can. */
record SgemmScenario(int size, int threads) implements Scenario {

    @Override
    public String name() {
        return "sgemm-%d-t%d".formatted(size, threads);
    }

    @Override
    public Hold hold() {
        return Hold.NOTHING;
    }

    @Override
    public ScenarioResult measure(int rounds) {
        int[] cpus = Cpus.first(threads);
        try (Contest contest = new Contest(Precision.FP32)) {
            OursSgemm ours = new OursSgemm(size, cpus);
            contest.operations(ours.operations());
            contest.enter(Maker.OURS, () -> ours);
            float[] a = SgemmMatrices.a(ours.product());
            float[] b = SgemmMatrices.b(ours.product());
            contest.enter(Maker.ONEDNN, () -> new OneDnnSgemm(size, a, b, false, Threading.OPENMP, cpus));
            contest.enter(Maker.ONEDNN, () -> new OneDnnSgemm(size, a, b, true, Threading.OPENMP, cpus));
            if (threads > 1) {
                contest.enter(Maker.ONEDNN, () -> new OneDnnSgemm(size, a, b, true, Threading.SHARED_OUT, cpus));
            }
            checkAll(contest, new SampledProduct(size, a, b));
            Peak.of(Precision.FP32, hold(), cpus).ifPresent(peak -> contest.enter(Maker.PEAK, () -> peak));
            List<List<Double>> times = RoundRobin.time(contest.contestants(), rounds);
            return contest.result(this, "SGEMM %d, %d thread(s)".formatted(size, threads), false, times);
        }
    }

    private static void checkAll(Contest contest, SampledProduct expected) {
        for (Timed each : contest.contestants()) {
            if (each instanceof Product product) {
                contest.check(product, () -> expected.sample(product.c()), expected.exact());
            }
        }
    }
}
