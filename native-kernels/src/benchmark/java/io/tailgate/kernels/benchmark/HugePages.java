/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this kernel gives transparent huge pages to those who ask: then every contestant has them. */
final class HugePages {

    static final boolean ARE_THERE = areThere(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"));

    private HugePages() {}

    private static boolean areThere(Path setting) {
        try {
            return !Files.readString(setting).contains("[never]");
        } catch (IOException e) {
            return false; // this kernel has none
        }
    }
}
