/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.plan.TestName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test that ended without a verdict.
 *
 * @param exception name of the class of what ended it
 * @param message the first line of what that said, empty if it said nothing
 */
public record Unfinished(TestName test, String exception, String message, Instant end) {

    /** Some assertions print all they compared; a row is for the start of it. */
    private static final int LONGEST = 300;

    public static Unfinished of(TestName test, Throwable why) {
        String message = why.getMessage();
        String first =
                message == null ? "" : message.strip().lines().findFirst().orElse("");
        String shown = first.length() <= LONGEST ? first : first.substring(0, LONGEST) + " ...";
        return new Unfinished(test, why.getClass().getName(), shown, Instant.now());
    }

    String json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("schemaVersion", JsonReport.SCHEMA_VERSION);
        fields.put("test", Wording.fullName(test));
        fields.put("className", test.className());
        fields.put("displayName", test.displayName());
        fields.put("exception", exception);
        fields.put("message", message);
        fields.put("endTime", end);
        return Json.pretty(fields);
    }
}
