/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Judges what a script has left, without a build: exit status 0 if all of {@link NativeProof} holds, 1 if a claim is broken,
 * 2 if some could not be judged here.
 */
final class Judge extends SummaryGeneratingListener {

    private Judge() {}

    public static void main(String... arguments) {
        Judge judge = new Judge();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(NativeProof.class))
                                .build(),
                        judge);
        System.exit(judge.status());
    }

    @Override
    public void executionFinished(TestIdentifier claim, TestExecutionResult result) {
        super.executionFinished(claim, result);
        result.getThrowable()
                .ifPresent(
                        why -> System.err.println((result.getStatus() == Status.ABORTED ? "not judged: " : "BROKEN: ")
                                + claim.getDisplayName() + ": " + why.getMessage()));
    }

    private int status() {
        TestExecutionSummary summary = getSummary();
        if (summary.getTotalFailureCount() > 0 || summary.getTestsFoundCount() == 0) {
            return 1;
        }
        return summary.getTestsSucceededCount() == summary.getTestsFoundCount() ? 0 : 2;
    }
}
