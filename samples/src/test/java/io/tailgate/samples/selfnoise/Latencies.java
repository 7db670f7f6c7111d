/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

/** What a harness reports of one repetition, in nanoseconds. */
record Latencies(long n, double p50, double p99, double p999, double max) {}
