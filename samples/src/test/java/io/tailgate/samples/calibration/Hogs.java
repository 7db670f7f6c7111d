/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that want a CPU all the time, until they are closed or this JVM ends. */
final class Hogs implements AutoCloseable {

    private static final String LOOP = "while :; do :; done";

    private final List<Process> processes = new ArrayList<>();
    private final Thread atExit = new Thread(this::end);

    private Hogs() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts some that run wherever the kernel puts them. */
    static Hogs anywhere(int number) throws IOException {
        Hogs hogs = new Hogs();
        for (int i = 0; i < number; i++) {
            hogs.start("sh", "-c", LOOP);
        }
        return hogs;
    }

    /** Starts one that runs on {@code cpu} only. */
    static Hogs on(int cpu) throws IOException {
        Hogs hogs = new Hogs();
        hogs.start("taskset", "-c", Integer.toString(cpu), "sh", "-c", LOOP);
        return hogs;
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command).inheritIO().start());
    }

    /** Where one ended early, the machine was not as busy as it is said to have been. */
    void requireAlive() {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException("a process that was to keep a CPU busy ended by itself: " + processes);
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        processes.forEach(Process::destroyForcibly);
    }
}
