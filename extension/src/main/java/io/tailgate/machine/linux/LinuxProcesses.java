/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.ProcessIdentity;
import io.tailgate.machine.ProcessTable;
import java.nio.file.Path;

/** Processes from {@code /proc/PID/stat}. */
final class LinuxProcesses implements ProcessTable {

    private final Path proc;

    LinuxProcesses(Path proc) {
        this.proc = proc;
    }

    @Override
    public ProcessIdentity self() {
        Path file = proc.resolve("self/stat");
        ProcStat stat = ProcStat.read(file)
                .orElseThrow(() -> new MachineException("cannot read who this process is from " + file));
        return new ProcessIdentity(stat.pid(), stat.startTime(), bootId());
    }

    private String bootId() {
        return KernelFiles.line(proc.resolve("sys/kernel/random/boot_id"), "the boot id");
    }

    @Override
    public boolean isAlive(ProcessIdentity process) {
        return process.bootId().equals(bootId())
                && ProcStat.read(proc.resolve(process.pid() + "/stat"))
                        .filter(stat -> stat.startTime() == process.startTime() && !stat.ended())
                        .isPresent();
    }
}
