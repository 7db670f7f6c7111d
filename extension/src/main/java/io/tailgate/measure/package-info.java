/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs the iterations and keeps every latency with its counters. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.measure;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
