/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * Another process that reserved CPUs of this host, or stands in line for them.
 *
 * @param command how it was started, empty where that cannot be read
 * @param waiting whether it waits for the CPUs and does not have them yet
 */
public record CpuHolder(long pid, String command, CpuSet cpus, boolean waiting) {

    /** Returns who it is and what it does: {@code process 4711 (java -jar app.jar), which measures on 2-3}. */
    @Override
    public String toString() {
        return "process " + pid + (command.isEmpty() ? "" : " (" + command + ")")
                + (waiting ? ", which waits for " : ", which measures on ") + cpus;
    }
}
