/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel kills the JVM because its memory cgroup is full; the warden is in the same one. */
final class OutOfMemoryKill implements Fault {

    private static final Path CONTROLLER = Path.of("/sys/fs/cgroup/memory");
    private static final int LIMIT_BYTES = 24 << 20;

    static boolean isPossible() {
        return Files.isWritable(CONTROLLER.resolve("memory.limit_in_bytes"))
                || Files.isWritable(CONTROLLER.resolve("cgroup.procs"));
    }

    @Override
    public String kind() {
        return "out-of-memory kill in a cgroup";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.with(HolderProcess.withOptions(round.ground(), "-Xmx512m"));
        holder.startWarden().hold(round.before());
        Path group = Files.createDirectory(CONTROLLER.resolve(round.ground().name()));
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), Integer.toString(LIMIT_BYTES));
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(holder.warden()));
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(holder.pid()));
            holder.process.say("!eat");
            assertThat(holder.process.exitValue()).as("exit value of the JVM").isEqualTo(128 + 9);
            holder.awaitWardenGone();
        } finally {
            remove(group);
        }
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }

    /** A group is busy until its last process has been reaped. */
    private static void remove(Path group) {
        Waiting.until(
                () -> {
                    try {
                        return Files.deleteIfExists(group);
                    } catch (IOException e) {
                        return false;
                    }
                },
                () -> "cgroup " + group + " is empty");
    }
}
