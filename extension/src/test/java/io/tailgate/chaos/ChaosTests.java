/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.HostRights;
import io.tailgate.machine.SystemTestLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Guards are hurt in every way that is known, and the machine is as it was after each.
 *
 * <p>A short run here; {@code mvn -Pchaos verify} is the long one. Every line begins with the seed that repeats it.
 */
@ResourceLock(Resources.GLOBAL)
class ChaosTests {

    private static final Path WARDEN =
            Path.of("target", "warden", "tailgate-warden-chaos").toAbsolutePath();
    private static final int SHORT_RUN = 4;
    private static final int VERY_SHORT_RUN = 1;

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Files.isExecutable(WARDEN), "needs " + WARDEN + ", which is built on Linux");
    }

    @Test
    @Tag("root")
    void givesTheKernelsSettingsBackAfterEveryFault() throws Exception {
        try (SystemTestLock lock = SystemTestLock.take()) {
            assertThat(lock).as("no other build's system tests meanwhile").isNotNull();
            HostRights.assume();
            hurtGuardsOfTheKernel();
        }
    }

    private static void hurtGuardsOfTheKernel() throws Exception {
        try (ChaosGrounds grounds = ChaosGrounds.ofTheKernel(WARDEN)) {
            run(ChaosOptions.read(SHORT_RUN), grounds.all(), true);
            grounds.assertNobodyLeft();
        }
    }

    @Test
    void givesAFakeTreeBackAfterEveryFault() throws Exception {
        try (ChaosGrounds grounds = ChaosGrounds.ofAFakeTree(WARDEN)) {
            run(ChaosOptions.read(VERY_SHORT_RUN), grounds.all(), false);
            grounds.assertNobodyLeft();
        }
    }

    private static void run(ChaosOptions options, List<Ground> grounds, boolean root) throws Exception {
        List<Fault> plan = ChaosPlan.of(options.kills(), root, options.seed());
        String heading = String.format(
                "%,d faults on %s, seed %d",
                plan.size(),
                grounds.stream().map(ground -> ground.setting().name()).toList(),
                options.seed());
        System.out.println("chaos: " + heading);
        ChaosRun run = new ChaosRun(options, plan, grounds);
        Tally tally = run.run();
        String table = new ChaosTable(tally).render(heading, run.elapsed());
        System.out.print(table);
        Files.writeString(Path.of("target", root ? "chaos.md" : "chaos-fake-tree.md"), table);
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.faults()).isEqualTo(options.round() == ChaosOptions.ALL_ROUNDS ? plan.size() : 1);
    }
}
