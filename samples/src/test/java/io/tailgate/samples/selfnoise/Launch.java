/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one test method on the calling thread. */
final class Launch {

    private Launch() {}

    /** Throws what the method threw, or says that it did not run. */
    static void method(Class<?> type, String name) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(request().selectors(selectMethod(type, name)).build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsSucceededCount() != 1) {
            IllegalStateException failed = new IllegalStateException("wanted " + type.getName() + "." + name
                    + " to succeed, found " + summary.getTestsFoundCount() + " such tests, "
                    + summary.getTestsFailedCount() + " failed, " + summary.getTestsAbortedCount() + " aborted");
            summary.getFailures().forEach(failure -> failed.addSuppressed(failure.getException()));
            throw failed;
        }
    }
}
