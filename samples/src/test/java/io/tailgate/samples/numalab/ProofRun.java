/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes, of this package where their names tell none, in the given order, in this JVM, and notes each test in
 * {@code events.jsonl}.
 *
 * <p>The exit status is 0 if all ran, whatever their verdicts, and 2 if not.
 *
 * <pre>java -Dtailgate.output.dir=DIRECTORY io.tailgate.samples.numalab.ProofRun CLASS...</pre>
 */
final class ProofRun {

    private static final int TROUBLE = 2;

    private ProofRun() {}

    public static void main(String... classes) {
        System.exit(status(Path.of(System.getProperty("tailgate.output.dir", "target/tailgate")), System.err, classes));
    }

    /** Runs {@code classes} and returns the exit status; what went wrong is printed to {@code errors}. */
    static int status(Path directory, PrintStream errors, String... classes) {
        try {
            run(directory, classes);
            return 0;
        } catch (ClassNotFoundException | RuntimeException e) {
            errors.println("ProofRun: " + e);
            return TROUBLE;
        }
    }

    /** Throws if a class is not there or has no test that ran; all are looked up before the first one runs. */
    private static void run(Path directory, String... names) throws ClassNotFoundException {
        if (names.length == 0) {
            throw new IllegalArgumentException("which test classes are to run? give their names");
        }
        Class<?>[] classes = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            classes[i] = Class.forName(name.contains(".") ? name : ProofRun.class.getPackageName() + "." + name);
        }
        EventLog log = new EventLog(directory.resolve("events.jsonl"));
        for (Class<?> each : classes) {
            run(each, log);
        }
    }

    private static void run(Class<?> each, EventLog log) {
        int before = log.tests();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(each))
                                .build(),
                        log);
        if (log.tests() == before) {
            throw new IllegalStateException("no test of " + each.getName() + " ran" + log.why());
        }
    }
}
