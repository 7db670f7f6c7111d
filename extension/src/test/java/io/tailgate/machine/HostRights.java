/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this JVM may change settings of its host, found out without the warden: a broken one must fail the tests, not
 * skip them.
 */
public final class HostRights {

    /** {@code include/linux/proc_ns.h}: those of the host have the same numbers on every machine. */
    private static final String OF_HOST = "pid:[4026531836] user:[4026531837]";

    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");

    private HostRights() {}

    /** Skips the test, with the reason, where it may not; to be called with the {@link SystemTestLock}. */
    public static void assume() throws IOException {
        Machine machine = Machines.ofThisHost();
        assumeTrue(machine.whyUnsupported().isEmpty(), () -> "needs Linux: " + machine.whyUnsupported());
        assumeTrue(machine.has(KernelSetting.NUMA_BALANCING), "needs a kernel with NUMA balancing");
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                () -> "needs root, and this is " + System.getProperty("user.name"));
        String namespaces = namespace("pid") + " " + namespace("user");
        assumeTrue(
                namespaces.equals(OF_HOST),
                () -> "needs the host's own namespaces, " + OF_HOST + ", and this is a container's " + namespaces);
        try {
            Files.writeString(BALANCING, machine.read(KernelSetting.NUMA_BALANCING));
        } catch (IOException e) {
            assumeTrue(false, () -> "needs root that may change the host: writing " + BALANCING + ": " + e);
        }
    }

    private static String namespace(String kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
    }
}
