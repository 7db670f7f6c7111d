/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The noise that a harness itself makes: Tailgate beside JMH and JUnitPerf, in one run; see {@code docs/self-noise.md}. The
 * peers are on the class path of {@code mvn -P self-noise verify} only, so nothing here is compiled without it.
 */
@NullMarked
package io.tailgate.samples.selfnoise;

import org.jspecify.annotations.NullMarked;
