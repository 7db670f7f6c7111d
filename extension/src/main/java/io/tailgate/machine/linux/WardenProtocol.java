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
import java.util.Optional;

/** The lines that a JVM and a warden say to each other, version 1. */
final class WardenProtocol {

    static final String END = "end";

    private static final String VERSION = "1";
    private static final String READY = "ready " + VERSION + " ";

    private WardenProtocol() {}

    static String greeting(long pid) {
        return "tailgate " + VERSION + " " + pid;
    }

    /** Returns the warden's process number from its first line. */
    static long ready(String line) {
        if (!line.startsWith(READY)) {
            throw new MachineException(
                    line.startsWith("refused ")
                            ? line.substring("refused ".length())
                            : "it said \"" + line + "\" where \"" + READY + "...\" belongs; it is of another version");
        }
        return Long.parseLong(line.substring(READY.length()).strip());
    }

    static String hold(KernelSetting setting, Optional<CpuSet> cpus) {
        return "hold " + setting.wardenName() + cpus.map(list -> " " + list).orElse("");
    }

    static String check(KernelSetting setting) {
        return "check " + setting.wardenName();
    }

    static String release(KernelSetting setting) {
        return "release " + setting.wardenName();
    }

    /** Reads a line of an answer, e.g. {@code held numa_balancing 1 0}. */
    static SettingState state(String line) {
        String[] fields = line.split(" ", 3);
        if (fields.length < 3) {
            throw unknown(line);
        }
        String id = fields[1];
        String rest = fields[2];
        return switch (fields[0]) {
            case "held" -> held(id, rest, line);
            case "kept" -> SettingState.of(Kind.KEPT, id, rest);
            case "restored" -> SettingState.of(Kind.RESTORED, id, rest);
            case "shared" -> SettingState.of(Kind.SHARED, id, rest);
            case "foreign" -> SettingState.of(Kind.FOREIGN, id, rest);
            case "absent" -> SettingState.absent(id, rest);
            case "refused", "nothing" -> SettingState.refused(id, rest); // nothing: that it may restore
            default -> throw unknown(line);
        };
    }

    private static SettingState held(String id, String values, String line) {
        int blank = values.indexOf(' ');
        if (blank < 0) {
            throw unknown(line);
        }
        return SettingState.held(id, values.substring(0, blank), values.substring(blank + 1));
    }

    private static MachineException unknown(String line) {
        return new MachineException("the warden said \"" + line + "\", which this version does not know");
    }
}
