/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Everything that is asked of the operating system: the seam and its values. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.machine;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
