/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A memory policy as set_mempolicy(2) and mbind(2) take it.
 *
 * @param flags the kernel's mode flags that were read with it, 0 for one of ours
 * @param nodes empty for {@link Mode#DEFAULT} and {@link Mode#LOCAL}
 */
public record NumaPolicy(Mode mode, int flags, SortedSet<Integer> nodes) {

    /** Numbered as in {@code linux/mempolicy.h}. */
    public enum Mode {
        DEFAULT(0),
        PREFERRED(1),
        BIND(2),
        INTERLEAVE(3),
        LOCAL(4),
        PREFERRED_MANY(5),
        WEIGHTED_INTERLEAVE(6);

        private final int number;

        Mode(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    public static final NumaPolicy DEFAULT = of(Mode.DEFAULT, Set.of());
    public static final NumaPolicy LOCAL = of(Mode.LOCAL, Set.of());

    public NumaPolicy {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    public static NumaPolicy of(Mode mode, Collection<Integer> nodes) {
        return new NumaPolicy(mode, 0, new TreeSet<>(nodes));
    }

    /** Says whether both place pages alike: preferring no node is what older kernels call LOCAL. */
    public boolean meansTheSameAs(NumaPolicy other) {
        return equals(other) || (isLocal() && other.isLocal());
    }

    private boolean isLocal() {
        return mode == Mode.LOCAL || (mode == Mode.PREFERRED && nodes.isEmpty());
    }

    /** Returns e.g. {@code LOCAL} or {@code BIND [0, 1]}. */
    @Override
    public String toString() {
        return mode
                + (nodes.isEmpty() ? "" : " " + nodes)
                + (flags == 0 ? "" : " flags 0x" + Integer.toHexString(flags));
    }
}
