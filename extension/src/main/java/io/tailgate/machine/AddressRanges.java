/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ranges of this process's memory.
 *
 * <p>The kernel merges and splits mappings as policies and permissions change, so what was done to memory is remembered
 * by address and not by mapping.
 */
public final class AddressRanges {

    public static final AddressRanges NONE = new AddressRanges(Collections.emptySortedMap());

    /** End (exclusive) by start; no two touch or overlap. */
    private final SortedMap<Long, Long> ends;

    private AddressRanges(SortedMap<Long, Long> ends) {
        this.ends = ends;
    }

    /** Returns the ranges with these ends (exclusive) by their starts; they may touch and overlap. */
    public static AddressRanges of(SortedMap<Long, Long> endsByStart) {
        TreeMap<Long, Long> merged = new TreeMap<>();
        endsByStart.forEach((start, end) -> {
            Map.Entry<Long, Long> last = merged.lastEntry();
            if (last != null && last.getValue() >= start) {
                merged.put(last.getKey(), Math.max(last.getValue(), end));
            } else {
                merged.put(start, end);
            }
        });
        return new AddressRanges(merged);
    }

    /** Returns what is in these ranges or in {@code others}. */
    public AddressRanges and(AddressRanges others) {
        TreeMap<Long, Long> all = new TreeMap<>(ends);
        others.ends.forEach((start, end) -> all.merge(start, end, Math::max));
        return of(all);
    }

    /** Returns what of the range from {@code start} to {@code end} is in these. */
    public AddressRanges within(long start, long end) {
        TreeMap<Long, Long> cut = new TreeMap<>();
        ends.headMap(end).forEach((from, to) -> {
            if (to > start) {
                cut.put(Math.max(from, start), Math.min(to, end));
            }
        });
        return new AddressRanges(cut);
    }

    public boolean isEmpty() {
        return ends.isEmpty();
    }

    /** Returns the ends (exclusive) by their starts. */
    public SortedMap<Long, Long> endsByStart() {
        return Collections.unmodifiableSortedMap(ends);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRanges ranges && ends.equals(ranges.ends);
    }

    @Override
    public int hashCode() {
        return ends.hashCode();
    }

    /** Returns e.g. {@code 7f00-7f80 7fa0-7fb0}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        ends.forEach((start, end) -> text.append(text.isEmpty() ? "" : " ")
                .append(Long.toHexString(start))
                .append('-')
                .append(Long.toHexString(end)));
        return text.toString();
    }
}
