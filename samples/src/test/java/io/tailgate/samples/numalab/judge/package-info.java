/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Judges on the host what the NUMA lab's guest has written: {@code samples/numa-lab/proof}. */
@NullMarked
package io.tailgate.samples.numalab.judge;

import org.jspecify.annotations.NullMarked;
