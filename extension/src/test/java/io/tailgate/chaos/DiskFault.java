/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the state directory lies nothing more can be written.
 *
 * <p>The file system is mounted in a mount namespace of the warden's own, so that it is gone with the warden.
 */
enum DiskFault implements Fault {
    FULL("full", "mount -t tmpfs -o size=4k,mode=0700 chaos \"$1\"; cat /dev/zero >\"$1/fill\" 2>/dev/null || true") {
        @Override
        Ending hurt(Round round, DirectWarden warden) throws Exception {
            assertThat(Refusal.by(warden)).contains("ENOSPC");
            return Ending.NOTHING_WRITTEN;
        }
    },
    READ_ONLY("read-only", "mount -t tmpfs -o mode=0700 chaos \"$1\"; mount -o remount,ro \"$1\"") {
        @Override
        Ending hurt(Round round, DirectWarden warden) throws Exception {
            assertThat(Refusal.by(warden)).contains("EROFS");
            return Ending.NOTHING_WRITTEN;
        }
    },
    FULL_WHILE_HELD("full while held", "mount -t tmpfs -o size=64k,mode=0700 chaos \"$1\"") {
        @Override
        Ending hurt(Round round, DirectWarden warden) throws Exception {
            warden.hold(round.before());
            Path inside = Path.of("/proc", Long.toString(warden.pid()), "root")
                    .resolve(Path.of("/").relativize(round.ground().state()));
            Files.write(inside.resolve("fill"), new byte[32 << 10]);
            try {
                Files.write(inside.resolve("fill-more"), new byte[64 << 10]);
                throw new AssertionError("the file system is not full");
            } catch (IOException full) {
                warden.leave();
            }
            return Ending.RESTORED_BY_ITS_WARDEN;
        }
    };

    private final String words;
    private final String mount;

    DiskFault(String words, String mount) {
        this.words = words;
        this.mount = mount;
    }

    abstract Ending hurt(Round round, DirectWarden warden) throws Exception;

    @Override
    public String kind() {
        return "state directory, " + words;
    }

    @Override
    public Ending inject(Round round) throws Exception {
        Path state = round.ground().state();
        if (!Files.exists(state)) {
            Files.createDirectory(
                    state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        DirectWarden warden = round.with(DirectWarden.start(
                round.ground(),
                Optional.empty(),
                "unshare",
                "--mount",
                "sh",
                "-ec",
                mount + "; exec \"$2\"",
                "mount",
                state.toString()));
        Ending ending = hurt(round, warden);
        round.assertRestored();
        return ending;
    }
}
