/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Optional;

/**
 * What became of giving every mapping without a policy one.
 *
 * @param ranges what was given the policy
 * @param covered mappings that were given it
 * @param kept mappings that had a policy already and kept it
 * @param refused mappings that the kernel refused
 * @param refusal the kernel's word for the first refusal, e.g. {@code mbind failed: Operation not permitted (errno 1)}
 */
public record PolicySweep(AddressRanges ranges, int covered, int kept, int refused, Optional<String> refusal) {}
