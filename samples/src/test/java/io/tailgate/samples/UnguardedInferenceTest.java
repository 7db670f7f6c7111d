/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

/** The test as most projects have it: measured, not guarded. Run by {@code demonstrate-numa-balancing} only. */
class UnguardedInferenceTest extends InferenceTestCase {}
