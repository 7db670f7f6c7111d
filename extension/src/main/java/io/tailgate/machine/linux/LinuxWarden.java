/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.SettingState.Kind;
import io.tailgate.machine.Warden;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One warden process for this JVM, started at the first hold and replaced when it dies or does not answer.
 *
 * <p>The process holds each setting once; who of this JVM wants it is counted here.
 */
final class LinuxWarden implements Warden {

    /** Far more than the milliseconds that it takes, far less than what looks like a hanging build. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private final WardenRoutes routes;
    private final Duration limit;
    private final Map<KernelSetting, Holding> holdings = new EnumMap<>(KernelSetting.class);
    private final AtomicLong losses = new AtomicLong();
    private volatile String lastLoss = "";
    private @Nullable WardenConversation current;

    LinuxWarden(WardenRoutes routes) {
        this(routes, LONGEST_ANSWER);
    }

    LinuxWarden(WardenRoutes routes, Duration limit) {
        this.routes = routes;
        this.limit = limit;
    }

    private static final class Holding {

        private final Optional<CpuSet> cpus;
        private int holders;

        Holding(Optional<CpuSet> cpus) {
            this.cpus = cpus;
        }
    }

    @Override
    public synchronized List<SettingState> hold(KernelSetting setting, Optional<CpuSet> cpus) {
        Holding holding = holdings.get(setting);
        if (holding == null) {
            List<SettingState> states = ask(WardenProtocol.hold(setting, cpus));
            holding = new Holding(cpus);
            holdings.put(setting, holding);
            holding.holders = 1;
            return states;
        }
        if (!holding.cpus.equals(cpus)) {
            throw new MachineException(setting.title() + " is held for CPUs "
                    + holding.cpus.map(CpuSet::toString).orElse("of no number")
                    + " by another test of this JVM, not for "
                    + cpus.map(CpuSet::toString).orElse("all")
                    + "; run them one after the other");
        }
        List<SettingState> states = ask(WardenProtocol.check(setting));
        holding.holders++;
        return states;
    }

    @Override
    public synchronized List<SettingState> check(KernelSetting setting) {
        return ask(WardenProtocol.check(setting));
    }

    @Override
    public synchronized List<SettingState> release(KernelSetting setting) {
        Holding holding = holdings.get(setting);
        if (holding == null) {
            return List.of();
        }
        if (holding.holders > 1) {
            holding.holders--;
            return ask(WardenProtocol.check(setting)).stream()
                    .map(LinuxWarden::shared)
                    .toList();
        }
        try {
            return ask(WardenProtocol.release(setting)); // until it is answered a new warden holds it again
        } finally {
            holdings.remove(setting);
        }
    }

    /** What stays held for an outer guard is shared with it. */
    private static SettingState shared(SettingState state) {
        return state.kind() == Kind.HELD || state.kind() == Kind.KEPT
                ? SettingState.of(Kind.SHARED, state.id(), state.now())
                : state;
    }

    @Override
    public long losses() {
        return losses.get();
    }

    @Override
    public String lastLoss() {
        return lastLoss;
    }

    /** Asks the warden, and if it is lost meanwhile once more the one that replaces it. */
    private List<SettingState> ask(String request) {
        try {
            return askOnce(request);
        } catch (WardenLostException e) {
            try {
                return askOnce(request);
            } catch (MachineException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    /** A lost one is let go of: what it says later is no answer to the next question. */
    private List<SettingState> askOnce(String request) {
        WardenConversation conversation = current();
        try {
            return conversation.ask(request);
        } catch (WardenLostException e) {
            lose(conversation, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private WardenConversation current() {
        WardenConversation conversation = current;
        if (conversation == null) {
            conversation = begin();
            current = conversation;
        }
        return conversation;
    }

    /** Starts a warden that holds what the last one held; what keeps it from that for now is tried twice, no more. */
    private WardenConversation begin() {
        try {
            return beginAndHold();
        } catch (WardenLostException first) {
            try {
                return beginAndHold();
            } catch (WardenLostException again) {
                again.addSuppressed(first);
                throw new MachineException(String.valueOf(again.getMessage()), again);
            }
        }
    }

    /** What it refuses to hold again, it tells once more, with its reason, to whoever checks or releases that. */
    private WardenConversation beginAndHold() {
        WardenConversation begun = routes.begin(limit, this::replace);
        try {
            for (Map.Entry<KernelSetting, Holding> held : holdings.entrySet()) {
                begun.ask(WardenProtocol.hold(held.getKey(), held.getValue().cpus));
            }
            return begun;
        } catch (MachineException e) {
            begun.close();
            throw e;
        }
    }

    private void lose(WardenConversation conversation, String how) {
        if (current == conversation) {
            current = null;
            if (!holdings.isEmpty()) {
                lastLoss = how;
                losses.incrementAndGet();
            }
            conversation.close();
        }
    }

    /** Runs on the thread of a conversation that is over. */
    private synchronized void replace(WardenConversation ended) {
        if (current != ended) {
            return; // whoever asked it has noticed
        }
        lose(ended, ended.name() + " ended");
        if (!holdings.isEmpty()) {
            try {
                current = begin();
            } catch (MachineException e) {
                // whoever asks next tries again, and is told
            }
        }
    }
}
