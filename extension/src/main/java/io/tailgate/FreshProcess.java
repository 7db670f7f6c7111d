/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.linux.PackedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that carries out one {@link FreshOrder} and ends.
 *
 * <p>Its standard input stays open while it is wanted. However this JVM ends, the kernel closes it, and then the other one
 * ends itself and its children ({@link FreshMain}).
 */
final class FreshProcess implements AutoCloseable {

    /** For what an end in order takes; then it is killed. */
    private static final long GRACE_S = 5;

    private final Process process;
    private final Thread teller;

    private FreshProcess(Process process, FreshOrder order) {
        this.process = process;
        this.teller = new Thread(() -> tell(order), "tailgate-fresh-order");
        teller.setDaemon(true);
    }

    static FreshProcess start(List<String> command, FreshOrder order, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // a JVM tells what they say among its input arguments, so it is in the command already
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        FreshProcess started = new FreshProcess(builder.start(), order);
        started.teller.start();
        return started;
    }

    /** Runs on a thread of its own: a process that does not read would keep a test waiting without a limit. */
    private void tell(FreshOrder order) {
        try {
            order.write(process.getOutputStream());
        } catch (IOException e) {
            // it ended before it had read all, and its output says why
        }
    }

    /** Waits until it has ended by itself and returns how, in words. */
    String await(Duration limit) throws FreshRunException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new FreshRunException("it had not ended after " + limit.toSeconds() + " s and was killed");
        }
        return "it ended with status " + process.exitValue();
    }

    /** Ends it, and its children with it. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList(); // nobody's when it is gone
        if (!teller.isAlive()) { // who could not tell it all holds the stream
            endInOrder();
        }
        process.destroyForcibly();
        kill(children);
    }

    private void endInOrder() {
        try {
            process.getOutputStream().close();
            process.waitFor(GRACE_S, TimeUnit.SECONDS);
        } catch (IOException e) {
            // it has ended meanwhile
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no grace, then
        }
    }

    /** Kills all that {@code process} has started, but for its warden, which restores the host when its JVM has ended. */
    static void killChildren(ProcessHandle process) {
        kill(process.descendants().toList());
    }

    private static void kill(List<ProcessHandle> processes) {
        processes.stream().filter(process -> !isWarden(process)).forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isWarden(ProcessHandle process) {
        return process.info()
                .command()
                .filter(program -> program.contains(PackedProgram.WARDEN.fileName()))
                .isPresent();
    }
}
