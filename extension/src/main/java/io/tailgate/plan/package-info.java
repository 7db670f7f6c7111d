/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a test asked for, as values: every rule on annotations and configuration. Pure. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.plan;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
