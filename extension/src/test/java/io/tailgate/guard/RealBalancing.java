/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.HostRights;
import io.tailgate.machine.Machine;
import io.tailgate.machine.SystemTestLock;
import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real {@code kernel.numa_balancing} of this host, set to 1 before each test and put back after it, also when this
 * JVM is killed. Where this JVM may not do that the test is skipped.
 */
final class RealBalancing implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    static final String FOUND = "1";

    /**
     * From the death of a JVM on: at once, not after the 5 s for which wardens wait for each other. Measured 5 ms, and 70
     * ms on a busy machine.
     */
    static final long LONGEST_RESTORE_MS = 4_000;

    private static final Path FILE = Path.of("/proc/sys/kernel/numa_balancing");

    private final Machine machine = Machines.ofThisHost();

    /** Two builds on one host would each see the other's value. */
    private @Nullable SystemTestLock oneBuildAtATime;

    private @Nullable SettingKeeper keeper;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        oneBuildAtATime = SystemTestLock.take();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (oneBuildAtATime != null) {
            oneBuildAtATime.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        HostRights.assume();
        keeper = new SettingKeeper(FILE);
        write(FOUND);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (keeper != null) {
            keeper.close();
            keeper = null;
        }
    }

    String read() {
        return machine.read(NUMA_BALANCING);
    }

    void write(String value) throws IOException {
        Files.writeString(FILE, value);
    }

    /** Waits until the setting has a value; returns the milliseconds that it took. */
    long awaitMillis(String value) throws InterruptedException {
        long start = System.nanoTime();
        while (!read().equals(value)) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds waited for " + value + " instead of " + read())
                    .isLessThan(TimeUnit.SECONDS.toNanos(60));
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
