/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.RealBalancing.FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.linux.Machines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The process that keeps the setting is killed itself. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class WardenDeathSystemTests {

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    @Test
    void anotherWardenTakesItsPlaceAndTheTestIsNotTrusted() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("close")) {
            ProcessHandle first = holder.warden();
            HolderProcess.signal("KILL", first.pid());
            first.onExit().get(60, TimeUnit.SECONDS);

            assertThat(holder.disturbance())
                    .startsWith("the warden (process " + first.pid() + ") ")
                    .contains("what it had changed was not in its care");
            assertThat(holder.warden().pid()).isNotEqualTo(first.pid());
            assertThat(BALANCING.read()).isEqualTo("0");

            assertThat(holder.finish()).isZero();
        }
        assertThat(BALANCING.read()).isEqualTo(FOUND);
    }

    @Test
    void theNextGuardRestoresWhatBothLeft() throws Exception {
        killBoth();

        try (Guard next = Guard.apply(HolderProcess.Holder.PLACEMENT, Machines.ofThisHost())) {
            assertThat(next.protection().balancingBefore()).isEqualTo(FOUND);
            assertThat(BALANCING.read()).isEqualTo("0");
        }
        assertThat(BALANCING.read()).isEqualTo(FOUND);
    }

    @Test
    void anAdministratorRestoresWhatBothLeft() throws Exception {
        killBoth();

        Process restore = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.tailgate.CommandLine",
                        "restore")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(restore.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("restored numa_balancing 1");
        assertThat(restore.waitFor()).isZero();
        assertThat(BALANCING.read()).isEqualTo(FOUND);
    }

    private static void killBoth() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("wait")) {
            ProcessHandle warden = holder.warden();
            HolderProcess.signal("STOP", holder.pid()); // or it would have the next warden at once
            HolderProcess.signal("KILL", warden.pid());
            holder.signal("KILL");
        }
        assertThat(BALANCING.read()).as("nobody was left to do it").isEqualTo("0");
    }
}
