/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What Tailgate itself costs; run with {@code mvn -P recorder-cost verify}, never as a timed test. */
@NullMarked
package io.tailgate.samples.benchmark;

import org.jspecify.annotations.NullMarked;
