/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Which faults are injected, in which order; the same for the same seed. */
final class ChaosPlan {

    private static final int NESTED = 3;

    private final List<Fault> faults = new ArrayList<>();

    private ChaosPlan() {}

    /**
     * Kills each victim at each point so many times, and does everything else as befits that number.
     *
     * @param root whether kernel settings, mounts, cgroups and owners are at the driver's disposal
     */
    static List<Fault> of(int killsPerPoint, boolean root, long seed) {
        ChaosPlan plan = new ChaosPlan();
        plan.kills(killsPerPoint);
        plan.randomKills(killsPerPoint);
        plan.foreignChanges(killsPerPoint);
        int rounds = Math.max(1, killsPerPoint / 10);
        for (int i = 0; i < rounds; i++) {
            plan.journals();
            plan.ends();
            plan.standInTheWay();
            plan.add(new CrowdFault(2 + i % 7));
            if (root) {
                plan.needingRoot();
            }
        }
        SplittableRandom order = new SplittableRandom(seed);
        for (int last = plan.faults.size() - 1; last > 0; last--) {
            Collections.swap(plan.faults, last, order.nextInt(last + 1));
        }
        return plan.faults;
    }

    private void kills(int each) {
        for (Victim victim : Victim.values()) {
            List<Recovery> recoveries = KillFault.recoveriesOf(victim);
            int turn = 0;
            for (FaultPoint point : FaultPoint.values()) {
                for (int i = 0; i < each; i++) {
                    add(new KillFault(victim, point, recoveries.get(turn++ % recoveries.size())));
                }
            }
        }
    }

    private void randomKills(int each) {
        for (int i = 0; i < each; i++) {
            for (Victim victim : Victim.values()) {
                List<Recovery> recoveries = KillFault.recoveriesOf(victim);
                add(new RandomKillFault(victim, recoveries.get(i % recoveries.size())));
            }
        }
    }

    /** Six a kill at a point: more than a thousand in the long run. */
    private void foreignChanges(int killsPerPoint) {
        FaultPoint[] points = FaultPoint.values();
        ForeignFault.ClientEnd[] ends = ForeignFault.ClientEnd.values();
        for (int i = 0; i < 6 * killsPerPoint; i++) {
            FaultPoint point = points[i * 7 % points.length]; // all of them in turn, and mixed where there are few
            add(new ForeignFault(point, ends[(i + i / points.length) % ends.length]));
        }
    }

    private void journals() {
        for (JournalDamage damage : JournalDamage.values()) {
            add(new JournalFault(damage, Recovery.COMMAND), new JournalFault(damage, Recovery.NEXT_START));
        }
    }

    private void ends() {
        for (Signal signal : List.of(Signal.TERM, Signal.INT, Signal.HUP)) {
            add(new SignalFault(signal, true), new SignalFault(signal, false), new WardenSignalFault(signal));
        }
        add(EndFault.values());
        add(StandstillFault.values());
        add(LeakFault.values());
        for (int ended = 0; ended <= NESTED; ended++) {
            add(new NestedFault(NESTED, ended));
        }
        add(new LossFault(true), new LossFault(false));
    }

    private void standInTheWay() {
        for (FaultPoint point : FaultPoint.values()) {
            add(new RecoveryKillFault(point, Recovery.NEXT_START), new RecoveryKillFault(point, Recovery.COMMAND));
            if (point.compareTo(FaultPoint.LOCKED) >= 0 && point.compareTo(FaultPoint.HELD) < 0) {
                add(new QueueFault(point, true), new QueueFault(point, false));
            }
        }
    }

    private void needingRoot() {
        add(StateDirectoryFault.values());
        add(DiskFault.values());
        if (OutOfMemoryKill.isPossible()) {
            add(new OutOfMemoryKill());
        }
    }

    private void add(Fault... more) {
        faults.addAll(Arrays.asList(more));
    }
}
