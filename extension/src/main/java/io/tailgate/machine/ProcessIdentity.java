/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * A process, unmistakably: its number may be given again, but not with the same start in the same boot.
 *
 * @param startTime clock ticks after boot, field 22 of {@code /proc/PID/stat}
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessIdentity(long pid, long startTime, String bootId) {}
