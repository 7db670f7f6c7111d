/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rule against simulated runs whose truth is known: surfaces of its three answers, and the promises they must keep.
 */
@NullMarked
package io.tailgate.verdict.calibration;

import org.jspecify.annotations.NullMarked;
