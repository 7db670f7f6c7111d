/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.Machine;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Puts the tests of a fixture on a machine in memory. */
class OnFakeMachine implements BeforeAllCallback {

    /** The machine of the fixture that runs next; fixtures run one at a time. */
    static FakeMachine machine = new FakeMachine();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(TailgateExtension.NAMESPACE).put(Machine.class, machine);
    }
}
