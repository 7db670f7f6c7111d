/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of every test that sets a real setting: two builds on one host would each see the other's value. */
public final class SystemTestLock implements AutoCloseable {

    private final FileChannel file;

    private SystemTestLock(FileChannel file) {
        this.file = file;
    }

    /** Waits until no other build on this host has it. */
    public static SystemTestLock take() throws IOException {
        FileChannel file = FileChannel.open(
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "tailgate-system-tests-" + System.getProperty("user.name")),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        file.lock();
        return new SystemTestLock(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
