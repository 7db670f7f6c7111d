/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** One finished test of a session, as a line of its {@code events.jsonl} tells it. */
record Event(
        @JsonProperty("class") String testClass,
        String test,
        String status,
        @Nullable String message,
        String balancingBefore,
        String balancingAfter) {}
