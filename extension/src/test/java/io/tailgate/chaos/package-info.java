/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Hurts guards in every way that is known, and looks whether the machine is as it was. */
@NullMarked
package io.tailgate.chaos;

import org.jspecify.annotations.NullMarked;
