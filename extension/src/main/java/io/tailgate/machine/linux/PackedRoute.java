/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The warden of this very jar, started by root.
 *
 * <p>From a file that only lives in memory: no folder has to permit programs, and nobody can replace it. A kernel that
 * refuses that gets a folder of this user alone.
 */
final class PackedRoute implements WardenRoute {

    private static final int ROOT = 0;

    private final Path proc;
    private final LibC libc;
    private @Nullable Path inMemory;

    PackedRoute(Path proc, LibC libc) {
        this.proc = proc;
        this.libc = libc;
    }

    @Override
    public WardenLink open() {
        requireRoot();
        try {
            return ChildLink.start(List.of(inMemory().toString()));
        } catch (IOException | MachineException e) {
            return openFromFolder(e);
        }
    }

    private void requireRoot() {
        Path self = proc.resolve("self");
        try {
            Object user = Files.getAttribute(self, "unix:uid");
            if (!user.equals(ROOT)) {
                throw new MachineException("only root may change the host, and this is user " + user);
            }
        } catch (IOException e) {
            throw new MachineException("cannot tell from " + self + " whether this is root: " + e, e);
        }
    }

    /** Stays open, and so in memory, for as long as this JVM lives: the next warden is started from it too. */
    private Path inMemory() throws IOException {
        Path program = inMemory;
        if (program == null) {
            byte[] bytes = PackedProgram.WARDEN.bytes();
            int descriptor = libc.memfdCreate(PackedProgram.WARDEN.fileName());
            Path self = proc.resolve(Files.readSymbolicLink(proc.resolve("self"))); // the child has another self
            program = self.resolve("fd/" + descriptor);
            try (FileOutputStream file = new FileOutputStream(program.toFile())) {
                file.write(bytes);
            }
            inMemory = program;
        }
        return program;
    }

    private static WardenLink openFromFolder(Exception why) {
        try {
            Path folder = Files.createTempDirectory("tailgate"); // for its owner only
            Path program = folder.resolve(PackedProgram.WARDEN.fileName());
            try {
                PackedProgram.WARDEN.unpack(program);
                return ChildLink.start(List.of(program.toString()));
            } finally {
                Files.deleteIfExists(program); // it runs on without its name
                Files.delete(folder);
            }
        } catch (IOException | MachineException e) {
            MachineException failure = new WardenLostException(
                    "the packed warden cannot be started: from a folder: " + e.getMessage() + "; from memory: "
                            + why.getMessage(),
                    e);
            failure.addSuppressed(why);
            throw failure;
        }
    }
}
