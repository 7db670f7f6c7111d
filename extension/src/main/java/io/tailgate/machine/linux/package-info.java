/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Linux behind the seam; the only place of JNA, paths and errno. */
@NullMarked
@API(status = INTERNAL)
package io.tailgate.machine.linux;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
