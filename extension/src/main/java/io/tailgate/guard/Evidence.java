/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is read back from the machine while a guard holds: at its start, and at both ends of the measurement. */
final class Evidence {

    private static final long UNKNOWN = -1;

    private final @Nullable Machine machine;
    private final @Nullable PolicyChange policy;
    private final @Nullable AffinityChange affinity;
    private final BalancingChange balancing;
    private final QuietChange quiet;
    private @Nullable String balancingDuring;
    private final @Nullable ScanWatch scans;
    private final @Nullable Shield shield;
    private final @Nullable UnmappedPages unmapped;
    private Tier shieldAtStart = Tier.OBSERVE_ONLY;
    private @Nullable CpuSet cpus;
    private OptionalLong hintFaultsAtStart = OptionalLong.empty();
    private long hintFaults = UNKNOWN;
    private @Nullable String disturbance;

    private Evidence(
            @Nullable Machine machine,
            BalancingChange balancing,
            QuietChange quiet,
            @Nullable PolicyChange policy,
            @Nullable AffinityChange affinity) {
        this.machine = machine;
        this.balancing = balancing;
        this.quiet = quiet;
        this.policy = policy;
        this.affinity = affinity;
        this.scans = machine == null || !balancing.off() ? null : new ScanWatch(machine);
        this.shield = machine == null || affinity == null ? null : new Shield(machine, policy);
        this.unmapped = machine == null || affinity == null ? null : new UnmappedPages(machine);
    }

    static Evidence of(
            Machine machine,
            BalancingChange balancing,
            QuietChange quiet,
            @Nullable PolicyChange policy,
            AffinityChange affinity) {
        Evidence evidence = new Evidence(machine, balancing, quiet, policy, affinity);
        evidence.look(machine);
        evidence.shieldInUse().ifPresent(Shield::readThreads);
        evidence.mapUnmappedPages();
        return evidence;
    }

    static Evidence observing(Machine machine, String why) {
        Evidence evidence = new Evidence(machine, BalancingChange.observed(machine, why), QuietChange.NONE, null, null);
        evidence.look(machine);
        return evidence;
    }

    static Evidence unsupported(String why, QuietChange quiet) {
        return new Evidence(null, BalancingChange.unknown(why), quiet, null, null);
    }

    private void look(Machine machine) {
        balancingDuring = BalancingChange.now(machine);
        cpus = affinity == null ? affinityIfReadable(machine) : affinity.now().orElse(cpus);
    }

    /** Returns what must keep balancing away where it is not off. */
    private Optional<Shield> shieldInUse() {
        return balancing.off() ? Optional.empty() : Optional.ofNullable(shield);
    }

    /** A test that asked for nothing must not fail because it runs where nothing can be read. */
    private static @Nullable CpuSet affinityIfReadable(Machine machine) {
        try {
            return machine.affinity();
        } catch (MachineException e) {
            return null; // e.g. on a virtual thread, which has none of its own
        }
    }

    private static OptionalLong hintFaultsIfReadable(Machine machine) {
        try {
            return machine.numaHintFaults();
        } catch (MachineException e) {
            return OptionalLong.empty();
        }
    }

    void startWindow() {
        if (machine == null) {
            return;
        }
        if (affinity != null) {
            affinity.startWindow();
        }
        if (shield != null) {
            shield.renew();
        }
        look(machine);
        shieldInUse().ifPresent(Shield::readAtStart);
        if (shield != null) {
            shieldAtStart = shield.tier();
        }
        disturbance = disturbances(expectedBalancing());
        if (scans != null) {
            scans.startWindow();
        }
        mapUnmappedPages(); // when no scan takes any more
        hintFaultsAtStart = hintFaultsIfReadable(machine);
        if (shield != null) {
            shield.startCounting(); // within the window of the host's, so that these are a bound, too
        }
    }

    private void mapUnmappedPages() {
        if (machine != null && unmapped != null && UnmappedPages.mayBeLeft(protection(), machine)) {
            unmapped.mapAgain();
        }
    }

    /** Says whether pages may fault once more that automatic NUMA balancing had unmapped until it was kept away. */
    boolean leavesUnmappedPages() {
        return machine != null
                && unmapped != null
                && !unmapped.areMapped()
                && UnmappedPages.mayBeLeft(protection(), machine);
    }

    /** What the guard left behind; whatever else is found was someone else's doing. */
    private @Nullable String expectedBalancing() {
        return balancing.off() ? "0" : balancing.before();
    }

    void endWindow() {
        if (machine == null) {
            return;
        }
        if (shield != null) {
            shield.endCounting();
        }
        OptionalLong hintFaultsAtEnd = hintFaultsIfReadable(machine);
        hintFaults = hintFaultsAtStart.isPresent() && hintFaultsAtEnd.isPresent()
                ? hintFaultsAtEnd.getAsLong() - hintFaultsAtStart.getAsLong()
                : UNKNOWN;
        if (shield != null) {
            shield.compareWith(hintFaults);
        }
        String balancingAtStart = balancingDuring;
        look(machine);
        shieldInUse().ifPresent(Shield::readAtEnd);
        if (disturbance == null) {
            disturbance = disturbances(balancingAtStart);
        }
        if (disturbance == null && scans != null) {
            disturbance = scans.disturbance().orElse(null);
        }
        if (shield != null) {
            shield.readPlaces(); // takes milliseconds, in which nothing is to be held against the test
        }
    }

    private @Nullable String disturbances(@Nullable String expectedBalancing) {
        List<String> ofSettings = balancing.disturbances(expectedBalancing, balancingDuring);
        Stream<Optional<String>> others = Stream.of(
                Optional.ofNullable(affinity).flatMap(AffinityChange::disturbance),
                Optional.ofNullable(policy).flatMap(PolicyChange::disturbance),
                lostShield());
        String all = Stream.of(ofSettings.stream(), quiet.disturbances().stream(), others.flatMap(Optional::stream))
                .flatMap(Function.identity())
                .distinct() // one warden was lost, whatever it held
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    private Optional<String> lostShield() {
        return shield != null && shield.tier().compareTo(shieldAtStart) > 0
                ? Optional.of(shield.loss())
                : Optional.empty();
    }

    Protection protection() {
        return new Protection(
                tier(),
                reasonAndRemark(),
                balancing.before(),
                balancingDuring,
                hintFaults,
                cpus,
                affinity != null,
                disturbance,
                quiet.results());
    }

    private Tier tier() {
        if (balancing.off()) {
            return Tier.SYSCTL;
        }
        return shield == null ? Tier.OBSERVE_ONLY : shield.tier();
    }

    private String reasonAndRemark() {
        return reason()
                + Optional.ofNullable(affinity)
                        .flatMap(AffinityChange::remark)
                        .map(remark -> "; " + remark)
                        .orElse("");
    }

    private String reason() {
        return balancing.reason() + (unmapped == null ? "" : unmapped.words()) + (shield == null ? "" : shield.words());
    }
}
