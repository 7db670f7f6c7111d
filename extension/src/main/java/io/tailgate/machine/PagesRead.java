/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * What became of reading every page of this process.
 *
 * @param pages that were read
 * @param all whether time sufficed for every one
 */
public record PagesRead(long pages, boolean all) {}
