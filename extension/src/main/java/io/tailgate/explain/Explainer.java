/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each slow iteration the one cause that its counters are evidence for, the most specific first. One that began late
 * in an open loop was slow for that, whatever was counted in it.
 *
 * <p>A wrong cause is worse than none, so a counter must be raised against the rest ({@link Growth}) and, for page faults,
 * numerous enough for the time lost; what is left is UNEXPLAINED.
 */
public final class Explainer {

    /** The most that one fault of its kind plausibly takes; fewer faults cannot explain the time. */
    private static final double MINOR_FAULT_NS =
            50_000; // with the migration of the page, or the clearing of a huge one

    private static final double MAJOR_FAULT_NS = 100_000_000; // with a slow disk

    /** The most that one involuntary switch plausibly takes: some time slices of what ran instead. */
    private static final double PREEMPTED_NS = 10_000_000;

    /** So seldom in the rest, an iteration on average, that a single switch in a slow iteration is evidence. */
    private static final double SELDOM = 0.1;

    /** Faults are the cause where they can account for this share of the time lost. */
    private static final double ACCOUNTED = 0.25;

    /** The host's hinting faults must be at least this share of the faults that they are to explain. */
    private static final double HINTED = 0.5;

    private final Measurement measured;
    private final BalancingEvidence balancing;
    private final Growths growths;
    private final boolean hinted;

    /** There are hinting faults enough, or unknown, and nothing says whether those of this process are among them. */
    private final boolean untold;

    private Explainer(Measurement measured, BalancingEvidence balancing, Growths growths, int[] slow) {
        this.measured = measured;
        this.balancing = balancing;
        this.growths = growths;
        double suspects = 0;
        for (int i : slow) {
            suspects += growths.minor().raised(i) ? growths.minor().excess(i) : 0;
        }
        boolean enough = balancing.wasOn() && balancing.hintFaults() > 0 && balancing.hintFaults() >= HINTED * suspects;
        this.hinted = enough && !balancing.shielded();
        this.untold = balancing.wasOn() && (balancing.hintFaults() < 0 || (enough && balancing.shielded()));
    }

    /** Explains the slow iterations; without one there is nothing to explain or to contrast. */
    public static Explanation explain(Measurement measured, BalancingEvidence balancing) {
        Slowness slowness = Slowness.of(measured);
        int[] slow = slowness.slow();
        if (slow.length == 0) {
            return new Explanation(slowness.thresholdNs(), 0, List.of(), List.of());
        }
        Growths growths = Growths.of(measured, slowness);
        Explainer explainer = new Explainer(measured, balancing, growths, slow);
        return new Explanation(
                slowness.thresholdNs(), slow.length, explainer.causes(slow), growths.contrasts(measured.hasCounters()));
    }

    private List<CauseShare> causes(int[] slow) {
        Map<Cause, List<Integer>> found = new EnumMap<>(Cause.class);
        for (int iteration : slow) {
            found.computeIfAbsent(cause(iteration), cause -> new ArrayList<>()).add(iteration);
        }
        Evidence evidence = new Evidence(measured, balancing, growths, untold);
        return found.entrySet().stream()
                .map(entry -> share(
                        entry.getKey(),
                        entry.getValue().stream().mapToInt(Integer::intValue).toArray(),
                        slow.length,
                        evidence))
                .sorted(Comparator.comparingLong(CauseShare::slowIterations).reversed())
                .toList();
    }

    private static CauseShare share(Cause cause, int[] iterations, int slow, Evidence evidence) {
        return new CauseShare(
                cause, iterations.length, (double) iterations.length / slow, evidence.of(cause, iterations));
    }

    private Cause cause(int iteration) {
        if (growths.starts().waited(iteration)) {
            return Cause.BACKLOG;
        }
        if (growths.starts().lagged(iteration) && !growths.collections().raised(iteration)) {
            return Cause.GENERATOR_LAG;
        }
        if (accounts(growths.major(), iteration, MAJOR_FAULT_NS)) {
            return Cause.MAJOR_FAULT;
        }
        if (hinted && accounts(growths.minor(), iteration, MINOR_FAULT_NS)) {
            return Cause.NUMA_BALANCING;
        }
        if (growths.collections().raised(iteration)) {
            return Cause.GC; // before first touch: a collection touches the pages that it copies to
        }
        if (!untold && accounts(growths.minor(), iteration, MINOR_FAULT_NS)) {
            return Cause.FIRST_TOUCH;
        }
        if (waited(iteration) || growths.involuntary().raised(iteration) || preempted(iteration)) {
            return Cause.PREEMPTION;
        }
        return growths.voluntary().raised(iteration) ? Cause.BLOCKING : Cause.UNEXPLAINED;
    }

    /**
     * Judges by one switch. Its number cannot grow with the iteration's length, as {@link Growth#raised} wants, for being
     * off the CPU once, for a time slice or more, is what made the iteration long. Where the kernel says how long that
     * was, it is asked instead: any iteration that is long for another reason is more likely to be switched once.
     */
    private boolean preempted(int iteration) {
        Growth switches = growths.involuntary();
        return !measured.noise().waits().known()
                && switches.restMean() <= SELDOM
                && switches.excess(iteration) > 0
                && switches.excess(iteration) * PREEMPTED_NS >= ACCOUNTED * switches.excessNs(iteration);
    }

    /** The kernel's own word that somebody else had the CPU, and for how long. */
    private boolean waited(int iteration) {
        long waitedNs = measured.noise().waits().of(iteration);
        return waitedNs > 0 && waitedNs >= ACCOUNTED * growths.involuntary().excessNs(iteration);
    }

    private static boolean accounts(Growth faults, int iteration, double mostNsEach) {
        return faults.raised(iteration)
                && faults.excess(iteration) * mostNsEach >= ACCOUNTED * faults.excessNs(iteration);
    }

    /** The growth of each counter; of one that was not read it is 0 everywhere and thus never raised. */
    record Growths(
            Growth minor, Growth major, Growth voluntary, Growth involuntary, Growth collections, LateStarts starts) {

        static Growths of(Measurement measured, Slowness slowness) {
            return new Growths(
                    counter(measured, slowness, CounterReader.MINOR_FAULTS),
                    counter(measured, slowness, CounterReader.MAJOR_FAULTS),
                    counter(measured, slowness, CounterReader.VOLUNTARY_SWITCHES),
                    counter(measured, slowness, CounterReader.INVOLUNTARY_SWITCHES),
                    new Growth(
                            measured,
                            slowness,
                            i -> measured.gcCollections().length == 0 ? 0 : measured.gcCollections()[i]),
                    new LateStarts(measured));
        }

        private static Growth counter(Measurement measured, Slowness slowness, int field) {
            return new Growth(measured, slowness, i -> measured.hasCounters() ? measured.counter(i, field) : 0);
        }

        List<CounterContrast> contrasts(boolean counted) {
            return counted
                    ? List.of(
                            minor.contrast("minor faults"),
                            major.contrast("major faults"),
                            voluntary.contrast("voluntary context switches"),
                            involuntary.contrast("involuntary context switches"))
                    : List.of();
        }
    }
}
