/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.RealBalancing.FOUND;
import static io.tailgate.guard.RealBalancing.LONGEST_RESTORE_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever ends a JVM that holds the setting, the setting comes back without anybody's help. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class BalancingRestoreSystemTests {

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    @ParameterizedTest
    @CsvSource({"close, 0", "throw, 1", "exit, 3", "interrupt, 0"})
    void isRestoredHoweverTheTestEnds(String end, int exitCode) throws Exception {
        try (HolderProcess holder = HolderProcess.holding(end)) {
            assertThat(BALANCING.read()).isEqualTo("0");
            assertThat(holder.disturbance()).isNull();

            assertThat(holder.finish()).isEqualTo(exitCode);

            assertThat(BALANCING.awaitMillis(FOUND)).isLessThan(LONGEST_RESTORE_MS);
        }
    }

    @Test
    void isRestoredWhenTheGuardIsClosedAndNotLater() throws Exception {
        try (Guard guard = Guard.apply(HolderProcess.Holder.PLACEMENT, Machines.ofThisHost())) {
            assertThat(guard.protection().reason())
                    .startsWith("kernel.numa_balancing was 1 and was set to 0 for the test");
            assertThat(guard.protection().balancingBefore()).isEqualTo(FOUND);
            assertThat(BALANCING.read()).isEqualTo("0");
        }
        assertThat(BALANCING.read()).isEqualTo(FOUND);
    }

    @Test
    void isRestoredWhereMemoryTieringWasOn() throws Exception {
        try {
            BALANCING.write("2");
        } catch (IOException e) {
            assumeTrue(false, () -> "needs a kernel from 5.18 on: " + e);
        }
        try (HolderProcess holder = HolderProcess.holding("close")) {
            assertThat(holder.finish()).isZero();
            assertThat(BALANCING.awaitMillis("2")).isLessThan(LONGEST_RESTORE_MS);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15", "HUP, 1", "KILL, 9"})
    void isRestoredWhateverSignalEndsTheJvm(String signal, int number) throws Exception {
        assumeTrue(
                signal.equals("KILL") || (ignoredSignals() & 1L << (number - 1)) == 0,
                "needs a build that was not started with SIG" + signal + " ignored, as & and nohup do");
        try (HolderProcess holder = HolderProcess.holding("wait")) {
            assertThat(holder.signal(signal)).isEqualTo(128 + number);

            assertThat(BALANCING.awaitMillis(FOUND)).isLessThan(LONGEST_RESTORE_MS);
        }
    }

    private static long ignoredSignals() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring(line.indexOf(':') + 1).strip(), 16))
                .sum();
    }

    @Test
    void staysHeldWhileTheJvmIsStopped() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("wait")) {
            HolderProcess.signal("STOP", holder.pid());
            Thread.sleep(50);
            assertThat(BALANCING.read()).isEqualTo("0");

            HolderProcess.signal("CONT", holder.pid());
            assertThat(holder.disturbance()).isNull();
        }
        assertThat(BALANCING.awaitMillis(FOUND)).isLessThan(LONGEST_RESTORE_MS);
    }

    @Test
    void isLeftAloneWhereSomeoneElseChangedIt() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("close")) {
            BALANCING.write(FOUND);
            assertThat(holder.disturbance()).contains("kernel.numa_balancing became 1 instead of 0");
            assertThat(holder.finish()).isZero();
        }
        assertThat(BALANCING.read()).isEqualTo(FOUND);
    }
}
