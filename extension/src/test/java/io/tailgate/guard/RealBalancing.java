/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real {@code kernel.numa_balancing} of this host, set to 1 before each test and put back after it, also when this
 * JVM is killed. Needs root; elsewhere the test is skipped.
 */
final class RealBalancing implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    static final String FOUND = "1";

    private static final Path FILE = Path.of("/proc/sys/kernel/numa_balancing");

    private final Machine machine = Machines.ofThisHost();

    /** Two builds on one host would each see the other's value. */
    private @Nullable FileChannel oneBuildAtATime;

    private @Nullable SettingKeeper keeper;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        oneBuildAtATime = FileChannel.open(
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "tailgate-system-tests-" + System.getProperty("user.name")),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        oneBuildAtATime.lock();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (oneBuildAtATime != null) {
            oneBuildAtATime.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        assumeTrue(machine.whyUnsupported().isEmpty(), () -> "needs Linux: " + machine.whyUnsupported());
        assumeTrue(machine.has(NUMA_BALANCING), "needs a kernel with NUMA balancing");
        try {
            Files.writeString(FILE, read());
        } catch (IOException e) {
            assumeTrue(false, () -> "needs root that may change the host: " + e);
        }
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
                    .isLessThan(TimeUnit.SECONDS.toNanos(10));
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
