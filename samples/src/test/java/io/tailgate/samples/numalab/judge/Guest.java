/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

/** The machine that ran the tests: {@code guest.json}. */
record Guest(String kernel, int nodes, int cpus) {}
