/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.plan.TestName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** File names that every file system takes, different for different tests. */
final class ReportFiles {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._$-]|^[.-]|\\.$");

    /** File systems allow 255 bytes; an extension and the mark of a temporary file must fit beside it. */
    private static final int LONGEST = 150;

    private ReportFiles() {}

    /** Returns the folder of the test's class. */
    static String folder(TestName name) {
        return safe(name.className());
    }

    /** Returns the name of the test's files, without extension. */
    static String stem(TestName name) {
        return safe(name.fileName());
    }

    /** Keeps a plain name; an odd or long one is cleaned and told from its likes by a checksum. */
    private static String safe(String name) {
        String clean = UNSAFE.matcher(name).replaceAll("_");
        if (clean.equals(name) && name.length() <= LONGEST && !name.isEmpty()) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        String start = clean.substring(0, Math.min(clean.length(), LONGEST));
        return start + "-" + String.format(Locale.ROOT, "%08x", checksum.getValue());
    }
}
