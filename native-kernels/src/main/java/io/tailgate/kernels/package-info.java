/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * ResNet-152 and SGEMM on native kernels: a reference workload whose threads are pinned and known by number.
 *
 * <p>{@link io.tailgate.kernels.ResNet152} is the entry. Runs on Linux; elsewhere every {@code build()} throws an
 * {@link UnsupportedOperationException}.
 */
@NullMarked
package io.tailgate.kernels;

import org.jspecify.annotations.NullMarked;
