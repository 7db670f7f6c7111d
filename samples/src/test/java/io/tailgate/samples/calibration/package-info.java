/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The whole extension on real iterations: slowness that was put in, a machine that was made busy, and what it says. */
@NullMarked
package io.tailgate.samples.calibration;

import org.jspecify.annotations.NullMarked;
