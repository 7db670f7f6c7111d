/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs one test in this JVM, as the JVM at the other end of the standard input has ordered; what comes out is in the test's
 * report.
 */
final class FreshMain {

    private static final int FAILED = 1;
    private static final int NO_TEST = 2;
    private static final int LEFT_ALONE = 3;

    private FreshMain() {}

    public static void main(String[] arguments) throws IOException {
        InputStream lifeline = System.in;
        System.setIn(InputStream.nullInputStream());
        FreshOrder order = FreshOrder.read(lifeline);
        endWith(lifeline);
        order.properties().forEach(System::setProperty);
        System.exit(status(order)); // whatever threads a test has left
    }

    /** Ends this JVM when the other one has closed the stream or is no more. */
    private static void endWith(InputStream lifeline) {
        Thread watch = new Thread(
                () -> {
                    try {
                        lifeline.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // as good as its end
                    }
                    FreshProcess.killChildren(ProcessHandle.current());
                    Runtime.getRuntime().halt(LEFT_ALONE); // a hook of a test that hangs may hang, too
                },
                "tailgate-lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private static int status(FreshOrder order) {
        try {
            return run(order);
        } catch (RuntimeException | LinkageError e) {
            Console.error(text(e));
            return FAILED;
        }
    }

    private static int run(FreshOrder order) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectUniqueId(order.uniqueId()))
                .configurationParameters(order.parameters())
                .build();
        Ends ends = new Ends();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, ends);
        }
        if (!ends.ranTest) {
            Console.error("JUnit found no test " + order.uniqueId());
            return NO_TEST;
        }
        return 0;
    }

    private static String text(Throwable why) {
        StringWriter text = new StringWriter();
        why.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Shows what ends tests and their containers, for whoever reads the output. */
    private static final class Ends implements TestExecutionListener {

        private volatile boolean ranTest;

        @Override
        public void executionStarted(TestIdentifier started) {
            ranTest |= started.isTest();
        }

        @Override
        public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
            result.getThrowable()
                    .ifPresent(why ->
                            Console.error(finished.getDisplayName() + " " + result.getStatus() + ": " + text(why)));
        }

        @Override
        public void executionSkipped(TestIdentifier skipped, String reason) {
            Console.error(skipped.getDisplayName() + " was skipped: " + reason);
        }
    }
}
