/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Keeps the same tests of other builds on this host waiting until those of the class have run. */
public final class OneBuildAtATime implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(OneBuildAtATime.class);
    private static final String LOCK = "lock";

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        context.getStore(NAMESPACE).put(LOCK, SystemTestLock.take());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        SystemTestLock lock = context.getStore(NAMESPACE).remove(LOCK, SystemTestLock.class);
        if (lock != null) {
            lock.close();
        }
    }
}
