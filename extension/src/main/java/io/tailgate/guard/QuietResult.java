/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.tailgate.plan.QuietSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one quiet setting that a test asked for.
 *
 * @param before the value that was found, with its files where they differ; null where nothing was had
 * @param during as read back while the test ran, null where nothing was had
 * @param reason how it was had, or why it was not
 */
public record QuietResult(
        QuietSetting setting,
        Had had,
        @Nullable String before,
        @Nullable String during,
        String reason) {

    /** How much of a setting was had; some are many files. */
    public enum Had {
        YES("had"),
        PARTLY("had in part"),
        NO("not had");

        private final String words;

        Had(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static QuietResult notHad(QuietSetting setting, String reason) {
        return new QuietResult(setting, Had.NO, null, null, reason);
    }

    /** Returns {@code TURBO, NMI_WATCHDOG not had: Permission denied (EACCES)}: in one line, equal ends together. */
    public static String inOneLine(List<QuietResult> results) {
        Map<String, String> settings = results.stream()
                .collect(groupingBy(
                        QuietResult::end, LinkedHashMap::new, mapping(result -> result.setting.name(), joining(", "))));
        return settings.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(joining("; "));
    }

    private String end() {
        return had == Had.YES ? had.words : had.words + ": " + reason;
    }
}
