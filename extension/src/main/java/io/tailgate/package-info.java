/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Gates builds on tail latency: {@link io.tailgate.PinnedNuma} puts a test on a quiet piece of the machine, {@link
 * io.tailgate.MaxTailLatency} fails it when its tail is too slow, {@link io.tailgate.Sampling} says how long to measure.
 *
 * @since 0.1
 */
@NullMarked
package io.tailgate;

import org.jspecify.annotations.NullMarked;
