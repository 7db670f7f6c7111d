/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What must be written back if its owner dies.
 *
 * @param before the exact text that was read
 * @param ours the text that the owner wrote; another value now means that someone else changed it since
 */
record RestoreRecord(KernelSetting setting, String before, String ours, ProcessIdentity owner) {

    private static final String HEADER = "tailgate-restore 1";
    private static final List<String> KEYS = List.of("setting", "before", "ours", "pid", "start", "boot");

    /** Returns the record as text: a version line, a line for each value, a checksum line. */
    String format() {
        String body = String.join(
                "\n",
                HEADER,
                "setting=" + setting,
                "before=" + before,
                "ours=" + ours,
                "pid=" + owner.pid(),
                "start=" + owner.startTime(),
                "boot=" + owner.bootId(),
                "");
        return body + checksum(body) + "\n";
    }

    /** Reads {@link #format} again; empty for anything else: cut off, altered, of another version. */
    static Optional<RestoreRecord> parse(String text) {
        int end = text.lastIndexOf("crc32=");
        if (end < 0 || !text.substring(end).equals(checksum(text.substring(0, end)) + "\n")) {
            return Optional.empty();
        }
        List<String> lines = text.substring(0, end).lines().toList();
        if (lines.size() != KEYS.size() + 1 || !lines.get(0).equals(HEADER)) {
            return Optional.empty();
        }
        String[] values = new String[KEYS.size()];
        for (int i = 0; i < values.length; i++) {
            String key = KEYS.get(i) + "=";
            if (!lines.get(i + 1).startsWith(key)) {
                return Optional.empty();
            }
            values[i] = lines.get(i + 1).substring(key.length());
        }
        return of(values);
    }

    private static Optional<RestoreRecord> of(String[] values) {
        return Arrays.stream(KernelSetting.values())
                .filter(setting -> setting.name().equals(values[0]))
                .findFirst()
                .map(setting -> new RestoreRecord(
                        setting,
                        values[1],
                        values[2],
                        new ProcessIdentity(Long.parseLong(values[3]), Long.parseLong(values[4]), values[5])));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "crc32=" + Long.toHexString(crc.getValue());
    }
}
