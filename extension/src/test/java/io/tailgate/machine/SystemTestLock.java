/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock of every test that sets a real setting, or needs it to stay as it is: two builds on one host would each see
 * the other's value.
 */
public final class SystemTestLock implements AutoCloseable {

    private final FileChannel file;
    private final @Nullable FileChannel ofRoot;

    private SystemTestLock(FileChannel file, @Nullable FileChannel ofRoot) {
        this.file = file;
        this.ofRoot = ofRoot;
    }

    /** Waits until no other build on this host has it. */
    public static SystemTestLock take() throws IOException {
        String user = System.getProperty("user.name");
        FileChannel file = FileChannel.open(file(user), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.lock();
        return new SystemTestLock(file, user.equals("root") ? null : keepRootOut());
    }

    /** Only root changes what all see; its file can be read by others, and what can be read can be locked as shared. */
    private static @Nullable FileChannel keepRootOut() throws IOException {
        if (!Files.isReadable(file("root"))) {
            return null; // no build of root has run here
        }
        FileChannel ofRoot = FileChannel.open(file("root"), StandardOpenOption.READ);
        ofRoot.lock(0, Long.MAX_VALUE, true);
        return ofRoot;
    }

    /** Not one for all: the kernel refuses to open another user's file for writing in a folder that all may write to. */
    private static Path file(String user) {
        return Path.of(System.getProperty("java.io.tmpdir"), "tailgate-system-tests-" + user);
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (ofRoot != null) {
            ofRoot.close();
        }
    }
}
