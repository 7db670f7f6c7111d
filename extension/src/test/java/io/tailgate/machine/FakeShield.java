/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Memory policies in memory; at first one thread without a policy, and a sweep that covers everything.
 *
 * <p>What is done is logged by the machine: {@code sweep LOCAL}, and {@code sweep DEFAULT} for taking it back, and
 * {@code map again}.
 */
public final class FakeShield implements MemoryShield {

    private final Consumer<String> perform;
    private final Consumer<String> refuse;
    private PolicySweep sweep =
            new PolicySweep(AddressRanges.of(new TreeMap<>(Map.of(0x1000L, 0x9000L))), 100, 0, 0, Optional.empty());
    private PageCount pages = PageCount.of(1000, 0, Map.of(0, 1000L));
    private List<ThreadPolicy> threads = List.of(new ThreadPolicy(1, "java", "default", false));
    private PagesRead pagesRead = new PagesRead(1000, true);
    private Runnable whenRead = () -> {};
    private final List<AddressRanges> uncovered = new ArrayList<>();

    /** Changes by way of {@code perform} and reads by way of {@code refuse}; both may throw {@link MachineException}. */
    FakeShield(Consumer<String> perform, Consumer<String> refuse) {
        this.perform = perform;
        this.refuse = refuse;
    }

    public FakeShield sweeping(PolicySweep result) {
        sweep = result;
        return this;
    }

    /** Makes all mappings be refused for this reason. */
    public FakeShield refusing(int mappings, String why) {
        return sweeping(new PolicySweep(AddressRanges.NONE, 0, 0, mappings, Optional.of(why)));
    }

    public FakeShield pages(PageCount count) {
        pages = count;
        return this;
    }

    /** Sets what becomes of mapping pages again, and what else happens then. */
    public FakeShield mappingAgain(PagesRead result, Runnable meanwhile) {
        pagesRead = result;
        whenRead = meanwhile;
        return this;
    }

    public FakeShield threads(ThreadPolicy... policies) {
        threads = List.of(policies);
        return this;
    }

    /** Returns what was taken back. */
    public List<AddressRanges> uncovered() {
        return List.copyOf(uncovered);
    }

    @Override
    public List<ThreadPolicy> threads() {
        refuse.accept("threads");
        return threads;
    }

    @Override
    public PolicySweep cover(NumaPolicy policy) {
        perform.accept("sweep " + policy);
        return sweep;
    }

    @Override
    public void uncover(AddressRanges covered, NumaPolicy policy) {
        perform.accept("sweep DEFAULT");
        uncovered.add(covered);
    }

    @Override
    public PagesRead mapAgain(long mostNs) {
        perform.accept("map again");
        whenRead.run();
        return pagesRead;
    }

    @Override
    public PageCount pages(int tid) {
        refuse.accept("pages");
        return pages;
    }
}
