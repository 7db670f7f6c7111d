/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Injects a plan's faults, on each ground one after the other. */
final class ChaosRun {

    private static final int TOO_MANY_VIOLATIONS = 20;

    private final ChaosOptions options;
    private final List<Fault> plan;
    private final List<Ground> grounds;
    private final Tally tally = new Tally();
    private final AtomicLong printedMinute = new AtomicLong();
    private final long startedAt = System.nanoTime();

    ChaosRun(ChaosOptions options, List<Fault> plan, List<Ground> grounds) {
        this.options = options;
        this.plan = plan;
        this.grounds = grounds;
    }

    Tally run() throws InterruptedException, ExecutionException {
        ExecutorService lanes = Executors.newFixedThreadPool(grounds.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < grounds.size(); lane++) {
                int first = lane;
                running.add(lanes.submit(() -> runLane(first)));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } finally {
            lanes.shutdownNow();
        }
        return tally;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private void printProgress() {
        long minute = elapsed().toMinutes();
        if (printedMinute.getAndSet(minute) == minute) {
            return;
        }
        System.out.printf(
                "chaos: %,d of %,d faults in %d s, %d violations%n",
                tally.faults(),
                plan.size(),
                elapsed().toSeconds(),
                tally.violations().size());
    }

    private @Nullable Void runLane(int lane) throws IOException {
        for (int round = lane; round < plan.size(); round += grounds.size()) {
            boolean wanted = options.round() == ChaosOptions.ALL_ROUNDS || options.round() == round;
            if (wanted && tally.violations().size() < TOO_MANY_VIOLATIONS) {
                runRound(round, grounds.get(lane));
                printProgress();
            }
        }
        return null;
    }

    /** The random numbers of a round depend on the seed and its number only, so that it can be repeated alone. */
    private void runRound(int number, Ground ground) throws IOException {
        Fault fault = plan.get(number);
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003L + number);
        Instant begun = Instant.now();
        try (Round round = new Round(ground, random, tally)) {
            try {
                Ending ending = fault.inject(round);
                round.assertNothingLeft();
                tally.ended(fault.kind(), ending);
            } catch (Exception | AssertionError e) {
                violated(number, fault, round, e + OtherGuards.wordsSince(begun));
            }
        }
    }

    private void violated(int number, Fault fault, Round round, String why) throws IOException {
        String violation = String.format(
                "seed %d, round %d, %s, %s found at %s: %s%n  again: -Dtailgate.chaos.seed=%d -Dtailgate.chaos.kills=%d"
                        + " -Dtailgate.chaos.round=%d",
                options.seed(),
                number,
                fault,
                round.ground().setting().name(),
                round.before(),
                why,
                options.seed(),
                options.kills(),
                number);
        System.out.println("chaos: VIOLATION " + violation);
        tally.violated(violation);
        round.close();
        round.ground().reset();
    }
}
