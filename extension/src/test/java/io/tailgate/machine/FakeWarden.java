/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import io.tailgate.machine.SettingState.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A warden in memory over the files of a {@link FakeMachine}; it counts who holds what, as the real one does.
 *
 * <p>What it writes is logged by the machine: {@code NUMA_BALANCING=0}, {@code GOVERNOR.3=performance}.
 */
public final class FakeWarden implements Warden {

    private static final Map<KernelSetting, String> WANTED = Map.of(
            KernelSetting.NUMA_BALANCING, "0",
            KernelSetting.TRANSPARENT_HUGEPAGES, "never",
            KernelSetting.HUGEPAGE_DEFRAG, "never",
            KernelSetting.TIMER_MIGRATION, "0",
            KernelSetting.VM_STAT_INTERVAL, "120",
            KernelSetting.NMI_WATCHDOG, "0",
            KernelSetting.GOVERNOR, "performance",
            KernelSetting.TURBO, "1");

    private final Consumer<String> perform;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final Map<String, String> left = new HashMap<>();
    private final Map<String, String> before = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();
    private final Map<KernelSetting, Integer> holders = new EnumMap<>(KernelSetting.class);
    private final Map<KernelSetting, Optional<CpuSet>> heldFor = new EnumMap<>(KernelSetting.class);
    private final Set<KernelSetting> heldElsewhere = EnumSet.noneOf(KernelSetting.class);
    private final Map<KernelSetting, String> refusals = new EnumMap<>(KernelSetting.class);
    private Optional<String> unavailable = Optional.empty();
    private long losses;

    /** Writes by way of {@code perform}, which may refuse with a {@link MachineException}. */
    FakeWarden(Consumer<String> perform) {
        this.perform = perform;
        file(KernelSetting.NUMA_BALANCING.wardenName(), "1");
    }

    // --- what a test sets up, and what others do

    /** Gives the machine a file, e.g. {@code governor.3}, or changes it behind the warden's back. */
    public FakeWarden file(String id, String value) {
        files.put(id, value);
        return this;
    }

    public FakeWarden withoutFile(String id) {
        files.remove(id);
        return this;
    }

    public Optional<String> file(String id) {
        return Optional.ofNullable(files.get(id));
    }

    /** Cannot be had any more, be it that the one there was has died for good. */
    public FakeWarden unavailable(String why) {
        unavailable = Optional.of(why);
        return this;
    }

    /** Answers each hold of a setting so. */
    public FakeWarden refusing(KernelSetting setting, String words) {
        refusals.put(setting, words);
        return this;
    }

    /** A test of another process holds the setting, which had its present value before. */
    public FakeWarden heldElsewhere(KernelSetting setting) {
        ids(setting, Optional.empty()).forEach(id -> change(setting, id, Optional.empty()));
        heldElsewhere.add(setting);
        return this;
    }

    /** The test of the other process ends. */
    public FakeWarden releasedElsewhere(KernelSetting setting) {
        heldElsewhere.remove(setting);
        if (!holders.containsKey(setting)) {
            ids(setting, Optional.empty()).forEach(id -> restore(setting, id));
        }
        return this;
    }

    /** A test and its warden were killed; the next warden sets it back before anything else. */
    public FakeWarden leftByTheDead(KernelSetting setting, String value) {
        left.put(setting.wardenName(), value);
        return this;
    }

    /** The process dies and is replaced; what it held is held again. */
    public FakeWarden dies() {
        losses += holders.isEmpty() ? 0 : 1;
        return this;
    }

    /** Says whether anyone of this JVM holds it. */
    public boolean holds(KernelSetting setting) {
        return holders.containsKey(setting);
    }

    // --- the warden

    @Override
    public List<SettingState> hold(KernelSetting setting, Optional<CpuSet> cpus) {
        requireAvailable();
        if (holders.containsKey(setting) && !cpus.equals(heldFor.get(setting))) {
            throw new MachineException(setting.title() + " is held for CPUs " + heldFor.get(setting) + " already");
        }
        files.putAll(left);
        left.clear();
        heldFor.put(setting, cpus);
        List<String> ids = ids(setting, cpus);
        List<SettingState> states = ids.isEmpty()
                ? List.of(SettingState.absent(setting.wardenName(), "this machine has none"))
                : ids.stream().map(id -> change(setting, id, cpus)).toList();
        holders.merge(setting, 1, Integer::sum);
        return states;
    }

    private void requireAvailable() {
        unavailable.ifPresent(why -> {
            throw new MachineException(why);
        });
    }

    private List<String> ids(KernelSetting setting, Optional<CpuSet> cpus) {
        String name = setting.wardenName();
        return files.keySet().stream()
                .filter(id -> id.equals(name) || id.startsWith(name + "."))
                .filter(id -> setting != KernelSetting.GOVERNOR
                        || cpus.orElseThrow().contains(Integer.parseInt(id.substring(id.indexOf('.') + 1))))
                .toList();
    }

    private SettingState change(KernelSetting setting, String id, Optional<CpuSet> cpus) {
        String now = value(id);
        if (refusals.containsKey(setting)) {
            return SettingState.refused(id, refusals.getOrDefault(setting, ""));
        }
        if (before.containsKey(id)) {
            return state(id);
        }
        String wanted = setting == KernelSetting.IRQ_AFFINITY
                ? CpuSet.parse(now).without(cpus.orElseThrow()).orElseThrow().toString()
                : WANTED.getOrDefault(setting, "");
        if (now.equals(wanted)) {
            ours.put(id, wanted);
            return state(id);
        }
        return write(setting, id, wanted).orElseGet(() -> {
            before.put(id, now);
            ours.put(id, wanted);
            return state(id);
        });
    }

    private String value(String id) {
        return files.getOrDefault(id, "");
    }

    private Optional<SettingState> write(KernelSetting setting, String id, String value) {
        try {
            perform.accept(setting + id.substring(setting.wardenName().length()) + "=" + value);
            files.put(id, value);
            return Optional.empty();
        } catch (MachineException e) {
            return Optional.of(SettingState.refused(id, String.valueOf(e.getMessage())));
        }
    }

    private SettingState state(String id) {
        String now = value(id);
        if (!now.equals(ours.get(id))) {
            return SettingState.of(Kind.FOREIGN, id, now);
        }
        return before.containsKey(id)
                ? SettingState.held(id, before.getOrDefault(id, ""), now)
                : SettingState.of(Kind.KEPT, id, now);
    }

    @Override
    public List<SettingState> check(KernelSetting setting) {
        requireAvailable();
        return ids(setting, heldFor.getOrDefault(setting, Optional.empty())).stream()
                .filter(ours::containsKey)
                .map(this::state)
                .toList();
    }

    @Override
    public List<SettingState> release(KernelSetting setting) {
        if (!holders.containsKey(setting)) {
            return List.of();
        }
        int left = holders.merge(setting, -1, Integer::sum);
        List<String> ids = new ArrayList<>(ids(setting, heldFor.getOrDefault(setting, Optional.empty())));
        if (left > 0 || heldElsewhere.contains(setting)) {
            holders.values().removeIf(count -> count == 0);
            return ids.stream()
                    .map(id -> SettingState.of(Kind.SHARED, id, value(id)))
                    .toList();
        }
        holders.remove(setting);
        requireAvailable();
        Collections.reverse(ids);
        return ids.stream()
                .filter(ours::containsKey)
                .map(id -> restore(setting, id))
                .toList();
    }

    private SettingState restore(KernelSetting setting, String id) {
        SettingState state = state(id);
        ours.remove(id);
        String found = before.remove(id);
        if (state.kind() != Kind.HELD || found == null) {
            return state;
        }
        return write(setting, id, found).orElseGet(() -> SettingState.of(Kind.RESTORED, id, found));
    }

    @Override
    public long losses() {
        return losses;
    }

    @Override
    public String lastLoss() {
        return losses == 0 ? "" : "the warden (process 4711) ended";
    }
}
