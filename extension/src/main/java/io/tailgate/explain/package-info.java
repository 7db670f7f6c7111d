/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Says why the slow iterations were slow. Pure. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.explain;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
