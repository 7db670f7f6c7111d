/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Algorithm;
import io.tailgate.kernels.Precision;
import java.util.List;
import java.util.Locale;

/** The whole network, from images to logits. */
record NetworkScenario(Precision precision, Hold hold, int batch, int threads) implements Scenario {

    @Override
    public String name() {
        return "%s%s-b%d-t%d".formatted(precision.name().toLowerCase(Locale.ROOT), hold.suffix(), batch, threads);
    }

    @Override
    public ScenarioResult measure(int rounds) {
        try (Model model = new Model(precision, batch);
                Contest contest = new Contest(precision)) {
            enterAll(contest, model);
            float[] reference = Reference.logits(batch, Cpus.first(threads));
            for (Timed each : contest.contestants()) {
                if (each instanceof Contestant contestant) {
                    contest.check(contestant, contestant::logits, reference);
                }
            }
            List<List<Double>> times = RoundRobin.time(contest.contestants(), rounds);
            return contest.result(this, title(), false, times);
        }
    }

    private String title() {
        return "ResNet-152, %s%s, batch %d, %d thread(s)"
                .formatted(precision, hold == Hold.NOTHING ? "" : " held to " + hold, batch, threads);
    }

    private void enterAll(Contest contest, Model model) {
        int[] cpus = Cpus.first(threads);
        for (Algorithm algorithm : algorithms()) {
            contest.enter(Maker.OURS, () -> ours(contest, algorithm, cpus));
        }
        contest.enter(Maker.ONEDNN, () -> new OneDnnContestant(model, Threading.OPENMP, cpus));
        boolean divides = threads > 1 && batch % threads == 0;
        if (divides) {
            contest.enter(Maker.ONEDNN, () -> new OneDnnContestant(model, Threading.SHARED_OUT, cpus));
        }
        if (hold.holdsOnnxRuntime()) {
            contest.enter(Maker.ONNX_RUNTIME, () -> OnnxRuntimeContestant.oneSession(model, cpus));
            if (divides) {
                contest.enter(Maker.ONNX_RUNTIME, () -> OnnxRuntimeContestant.sessionPerCpu(model, cpus));
            }
        } else {
            contest.remark("left out: ONNX Runtime, which has no setting that holds it to " + hold);
        }
        Peak.of(precision, hold, cpus).ifPresent(peak -> contest.enter(Maker.PEAK, () -> peak));
    }

    private List<Algorithm> algorithms() {
        if (precision == Precision.INT8) {
            return List.of(Algorithm.AUTO);
        }
        return batch == 1
                ? List.of(Algorithm.DIRECT, Algorithm.WINOGRAD, Algorithm.AUTO)
                : List.of(Algorithm.DIRECT, Algorithm.WINOGRAD);
    }

    private Ours ours(Contest contest, Algorithm algorithm, int... cpus) {
        Ours ours = new Ours(precision, algorithm, hold.isa(), batch, cpus);
        contest.operations(ours.operations());
        return ours;
    }
}
