/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.Sampling;
import io.tailgate.samples.numalab.Placement.ThreadPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Scenario e: tells where memory and threads are that were made under the guard.
 *
 * <p>The guard stands around the iterations, not around {@code @BeforeEach}. So it is the first iteration, one of the
 * warm-up, that makes the network; each iteration looks where everything is, and what the last one saw is written down.
 */
abstract class PlacementTestCase {

    static final int NODE = 1;

    private final BitSet[] ranOn = {new BitSet(), new BitSet()};
    private final BitSet[] cpus = {new BitSet(), new BitSet()};
    private @Nullable StreamingNetwork network;
    private @Nullable Placement seen;

    @RepeatedTest(3)
    @Sampling(iterations = 20, warmup = 5)
    void inference() {
        StreamingNetwork placed = network;
        if (placed == null) {
            placed = new StreamingNetwork(Bottleneck.ofResNet152(), this::look);
            network = placed;
        }
        placed.run();
        List<ThreadPlace> threads = new ArrayList<>();
        threads.add(new ThreadPlace("caller", cpus[Lockstep.CALLER], ranOn[Lockstep.CALLER]));
        threads.add(new ThreadPlace("worker", cpus[Lockstep.WORKER], ranOn[Lockstep.WORKER]));
        long weightPages = (placed.weightBytes() + LinuxCalls.PAGE - 1) / LinuxCalls.PAGE;
        seen = new Placement(Placement.pagesByNode(placed.memory()), weightPages, threads, Placement.cpusOf(NODE));
    }

    private void look(int thread, int block) {
        ranOn[thread].set(LinuxCalls.currentCpu());
        cpus[thread].or(LinuxCalls.allowedCpus());
    }

    @AfterEach
    void write(RepetitionInfo repetition) throws IOException {
        if (network != null) {
            network.close();
        }
        if (seen != null) {
            Path directory = Path.of(System.getProperty("tailgate.output.dir", "target/tailgate"));
            Files.createDirectories(directory);
            String name = "placement-" + getClass().getSimpleName() + "-" + repetition.getCurrentRepetition() + ".json";
            Files.writeString(directory.resolve(name), seen.json());
        }
    }
}
