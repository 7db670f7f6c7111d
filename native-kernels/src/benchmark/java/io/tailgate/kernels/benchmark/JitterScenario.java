/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Algorithm;
import io.tailgate.kernels.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * How much slower than usual INT8, batch 1, now and then is: ours pinned, oneDNN with OpenMP's threads bound. In
 * blocks: within one nothing pauses, and nobody's threads spin beside the other's.
 */
record JitterScenario(Hold hold, int threads) implements Scenario {

    private static final int BLOCKS = 10;
    private static final int RUNS_OF_BLOCK = 100;
    private static final int WARM_UP_RUNS = 5;

    @Override
    public String name() {
        return "jitter-int8" + hold.suffix();
    }

    @Override
    public ScenarioResult measure(int rounds) {
        int[] cpus = Cpus.first(threads);
        try (Model model = new Model(Precision.INT8, 1);
                Contest contest = new Contest(Precision.INT8)) {
            contest.enter(Maker.OURS, () -> new Ours(Precision.INT8, Algorithm.AUTO, hold.isa(), 1, cpus));
            contest.enter(Maker.ONEDNN, () -> new OneDnnContestant(model, Threading.OPENMP, cpus));
            float[] reference = Reference.logits(1, cpus);
            for (Timed each : contest.contestants()) {
                if (each instanceof Contestant contestant) {
                    contest.check(contestant, contestant::logits, reference);
                }
            }
            String title = "Jitter, INT8%s, batch 1, %d pinned thread(s)"
                    .formatted(hold == Hold.NOTHING ? "" : " held to " + hold, threads);
            return contest.result(this, title, true, timeInBlocks(contest.contestants()));
        }
    }

    private static List<List<Double>> timeInBlocks(List<Timed> contestants) {
        List<List<Double>> times = new ArrayList<>();
        contestants.forEach(contestant -> times.add(new ArrayList<>()));
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < contestants.size(); i++) {
                RoundRobin.pause();
                for (int run = -WARM_UP_RUNS; run < RUNS_OF_BLOCK; run++) {
                    double millis = RoundRobin.time(contestants.get(i));
                    if (run >= 0) {
                        times.get(i).add(millis);
                    }
                }
            }
        }
        return times;
    }
}
