/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import io.tailgate.PinnedNuma;

/** The same test under guard. Run by {@code demonstrate-numa-balancing} only. */
@PinnedNuma
class GuardedInferenceTest extends InferenceTestCase {}
