/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Changes the machine for one test, proves it and takes it back. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.guard;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
