/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.Warden;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A JVM that holds settings by the very classes that a guard uses, for the chaos to hurt.
 *
 * <p>It obeys in lines, as a warden does, and answers in a warden's words.
 */
final class ProductionHolder {

    private final Warden warden;

    private ProductionHolder(String program) {
        warden = new LinuxWarden(new WardenRoutes(List.of(() -> start(program))));
    }

    public static void main(String[] args) throws IOException {
        ProductionHolder holder = new ProductionHolder(args[0]);
        BufferedReader driver = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = driver.readLine(); line != null; line = driver.readLine()) {
            holder.obey(line.split(" "));
        }
    }

    private static WardenLink start(String program) {
        try {
            return ChildLink.start(List.of(program));
        } catch (IOException e) {
            throw new MachineException("cannot start " + program + ": " + e.getMessage(), e);
        }
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "hold" -> say(warden.hold(setting(words[1]), Optional.empty()));
            case "check" -> say(warden.check(setting(words[1])));
            case "release" -> say(warden.release(setting(words[1])));
            case "!losses" -> System.out.println("!losses " + warden.losses());
            case "!warden" ->
                System.out.println("!warden "
                        + ProcessHandle.current()
                                .children()
                                .filter(ProcessHandle::isAlive)
                                .mapToLong(ProcessHandle::pid)
                                .max()
                                .orElse(0));
            default -> System.out.println("! what is " + words[0] + "?");
        }
    }

    private static KernelSetting setting(String name) {
        return Arrays.stream(KernelSetting.values())
                .filter(setting -> setting.wardenName().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static void say(List<SettingState> states) {
        for (SettingState state : states) {
            String before = state.kind() == SettingState.Kind.HELD ? state.before() + " " : "";
            System.out.println(state.kind().name().toLowerCase(Locale.ROOT) + " " + state.id() + " " + before
                    + state.now() + state.words());
        }
        System.out.println("end");
    }
}
