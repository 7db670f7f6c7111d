/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.linux.PackedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * A folder in the form of a JDK whose {@code bin/java} starts the real one under a local memory policy.
 *
 * <p>Build tools take such a path: Surefire's {@code <jvm>} must end in {@code bin/java}, and it reads {@code release}
 * beside it to learn the version.
 */
final class LauncherFolder {

    private static final String LAUNCHER = PackedProgram.LOCAL_MEMORY.fileName();

    private LauncherFolder() {}

    /** Fills {@code folder} for the JDK that runs this, over what an earlier call put there. */
    static void unpack(Path folder) {
        Path javaHome = Path.of(System.getProperty("java.home"));
        Path bin = folder.resolve("bin");
        try {
            Files.createDirectories(bin);
            PackedProgram.LOCAL_MEMORY.unpack(folder.resolve(LAUNCHER));
            if (Files.exists(javaHome.resolve("release"))) {
                Files.copy(javaHome.resolve("release"), folder.resolve("release"), StandardCopyOption.REPLACE_EXISTING);
            }
            Path java = bin.resolve("java");
            Files.writeString(java, script(javaHome.resolve("bin/java")));
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new MachineException("cannot put the launcher into " + folder + ": " + e, e);
        }
    }

    private static String script(Path java) {
        String quoted = "'" + java.toString().replace("'", "'\\''") + "'";
        return String.format(Locale.ROOT, """
                #!/bin/sh
                # Runs java under a local memory policy, which keeps automatic NUMA balancing away; written by Tailgate's
                # unpack-launcher. TAILGATE_JAVA names another java than the one that wrote this.
                java=%s
                exec "$(dirname "$0")/../%s" "${TAILGATE_JAVA:-$java}" "$@"
                """, quoted, LAUNCHER);
    }
}
