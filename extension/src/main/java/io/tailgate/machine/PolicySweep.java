/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Optional;

/**
 * What became of giving every writable mapping a policy.
 *
 * @param covered mappings that have it now
 * @param refused mappings that the kernel refused
 * @param refusal the kernel's word for the first refusal, e.g. {@code mbind failed: Operation not permitted (errno 1)}
 */
public record PolicySweep(int covered, int refused, Optional<String> refusal) {}
