/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The main job, and a numbered course: read the samples in order, run them, change a bound and see it fail. */
@NullMarked
package io.tailgate.samples;

import org.jspecify.annotations.NullMarked;
