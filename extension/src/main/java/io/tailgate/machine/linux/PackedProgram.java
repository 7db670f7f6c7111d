/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Programs of ours for this host's architecture, packed beside the classes; needs no JNA. */
public enum PackedProgram {
    WARDEN("tailgate-warden"),
    LOCAL_MEMORY("tailgate-local-memory");

    private final String fileName;

    PackedProgram(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    /** Returns the program itself. */
    byte[] bytes() {
        String resource = "/META-INF/tailgate/linux-" + architecture() + "/" + fileName;
        try (InputStream packed = PackedProgram.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new MachineException("this build has no " + fileName + " for " + architecture() + " (" + resource
                        + "); build Tailgate on such a machine");
            }
            return packed.readAllBytes();
        } catch (IOException e) {
            throw new MachineException("cannot read " + resource + ": " + e, e);
        }
    }

    /** Returns the name that the kernel has for it. */
    private static String architecture() {
        String name = System.getProperty("os.arch", "unknown");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /** Puts the program there as a whole, executable for everyone, in place of an older one. */
    public void unpack(Path file) {
        byte[] program = bytes();
        Path target = file.toAbsolutePath();
        Path half = target.resolveSibling(
                target.getFileName() + ".new-" + ProcessHandle.current().pid());
        try {
            try {
                Files.createFile(half); // never through a link that someone put there
                Files.write(half, program);
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new MachineException("cannot write " + target + ": " + e, e);
        }
    }

    /** Runs the program once, with this process's own streams, and returns its exit status. */
    public int run(String... arguments) {
        try {
            Path folder = Files.createTempDirectory("tailgate"); // for its owner only
            Path program = folder.resolve(fileName);
            try {
                unpack(program);
                List<String> command = new ArrayList<>(List.of(program.toString()));
                command.addAll(List.of(arguments));
                return new ProcessBuilder(command).inheritIO().start().waitFor();
            } finally {
                Files.deleteIfExists(program);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new MachineException(
                    "cannot run " + fileName + ": " + e.getMessage()
                            + "; where that folder permits no programs name another: java -Djava.io.tmpdir=FOLDER -jar ...",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while " + fileName + " ran", e);
        }
    }
}
