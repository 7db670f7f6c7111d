/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this JVM may change settings of its host, found out without the warden: a broken one must fail the tests, not
 * skip them.
 */
public final class HostRights {

    /** {@code include/linux/proc_ns.h}: those of the host have the same numbers on every machine. */
    private static final String OF_HOST = "pid:[4026531836] user:[4026531837]";

    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");

    private static final Path STATE = Path.of("/run/tailgate");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

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
        assumeNobodyElseHolds();
    }

    /** A guard outside of the tests would be taken for what the tests found, and put back when they end. */
    private static void assumeNobodyElseHolds() throws IOException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        List<String> held = leasesHeld();
        while (!held.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            held = leasesHeld();
        }
        String all = held.toString();
        assumeTrue(held.isEmpty(), () -> "needs a host on which no other test holds a setting, and there are " + all);
    }

    /** A lease is held while it is locked; the file of a warden that was killed stays. */
    private static List<String> leasesHeld() throws IOException {
        List<String> held = new ArrayList<>();
        if (Files.isDirectory(STATE)) {
            List<String> locks = Files.readAllLines(Path.of("/proc/locks"));
            try (DirectoryStream<Path> leases = Files.newDirectoryStream(STATE, "*.lease")) {
                for (Path lease : leases) {
                    String inode = ":" + Files.getAttribute(lease, "unix:ino") + " ";
                    if (locks.stream().anyMatch(lock -> lock.contains(inode))) {
                        held.add(lease.getFileName().toString());
                    }
                }
            } catch (NoSuchFileException e) {
                return leasesHeld(); // released while we looked
            }
        }
        return held;
    }

    private static String namespace(String kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
    }
}
