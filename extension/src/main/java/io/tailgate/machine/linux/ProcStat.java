/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The fields of {@code /proc/PID/stat} that identify a process or thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcStat(long pid, String name, char state, long startTime) {

    // numbered from 1 in the manual; the name, field 2, may hold blanks and brackets, so counting starts behind it
    private static final int FIRST_AFTER_NAME = 3;
    private static final int START_TIME = 22;

    /** Returns the fields, or empty if there is no such process any more. */
    static Optional<ProcStat> read(Path file) {
        try {
            String line = KernelFiles.shortLine(file);
            return line.isEmpty() ? Optional.empty() : Optional.of(parse(line));
        } catch (IOException e) {
            return Optional.empty(); // ENOENT, or ESRCH if it ended between open and read
        }
    }

    /** Returns the number of this process in the namespace that {@code proc} shows. */
    static int processId(Path proc) {
        return (int) read(proc.resolve("self/stat"))
                .orElseThrow(() -> new MachineException("cannot read who this process is from " + proc))
                .pid();
    }

    static ProcStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", START_TIME - FIRST_AFTER_NAME + 2);
        return new ProcStat(
                Long.parseLong(line.substring(0, line.indexOf(' '))),
                line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')),
                fields[0].charAt(0),
                Long.parseLong(fields[START_TIME - FIRST_AFTER_NAME]));
    }

    /** Says whether a signal or a debugger stopped it. */
    boolean stopped() {
        return state == 'T' || state == 't';
    }
}
