/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.nio.file.Path;

/** Finds the machine that this JVM runs on. */
public final class Machines {

    private static final Path PROC = Path.of("/proc");
    private static final Path SYS = Path.of("/sys");

    private Machines() {}

    /** Made once, when needed: what it holds on the host, settings and CPUs, it holds for the whole process. */
    private static final class OfThisProcess {
        static final Machine MACHINE = find();
    }

    /** Returns the host's Linux; elsewhere, or where JNA cannot load, a machine that says so at every question. */
    public static Machine ofThisHost() {
        return OfThisProcess.MACHINE;
    }

    private static Machine find() {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return new UnsupportedMachine("Tailgate controls Linux, not " + system + "; the test runs unprotected");
        }
        try {
            return new LinuxMachine(PROC, SYS, new JnaLibC());
        } catch (LinkageError e) {
            return new UnsupportedMachine("JNA cannot load its native part: " + e
                    + "; give it a folder that may hold programs, e.g. -Djna.tmpdir=target/jna");
        } catch (MachineException e) {
            return new UnsupportedMachine(String.valueOf(e.getMessage()));
        }
    }
}
