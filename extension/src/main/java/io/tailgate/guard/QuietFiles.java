/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.tailgate.guard.QuietResult.Had;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.SettingState.Kind;
import io.tailgate.plan.QuietSetting;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Sums up the files of a quiet setting, of which interrupts have dozens. Pure.
 *
 * @param had those that are as they were asked to be
 * @param missed those that would not be; a file that is not there is neither, as of two turbo drivers one is
 */
record QuietFiles(QuietSetting setting, List<SettingState> had, List<SettingState> missed) {

    private static final Pattern NUMBERED = Pattern.compile("(irq_affinity|governor)\\.\\d{1,7}");

    /** Returns what became of the setting, from its files as they were taken and as they were last read back. */
    static QuietResult sumUp(QuietSetting setting, List<SettingState> taken, List<SettingState> latest) {
        Map<Boolean, List<SettingState>> there =
                taken.stream().filter(state -> state.kind() != Kind.ABSENT).collect(groupingBy(QuietFiles::isHad));
        QuietFiles files =
                new QuietFiles(setting, there.getOrDefault(true, List.of()), there.getOrDefault(false, List.of()));
        return files.had.isEmpty()
                ? QuietResult.notHad(setting, alike(there.isEmpty() ? taken : files.missed, QuietFiles::whyNot))
                : files.result(latest);
    }

    private static boolean isHad(SettingState state) {
        return state.kind() == Kind.HELD || state.kind() == Kind.KEPT;
    }

    private QuietResult result(List<SettingState> latest) {
        return new QuietResult(
                setting,
                missed.isEmpty() ? Had.YES : Had.PARTLY,
                alike(had, state -> state.kind() == Kind.HELD ? state.before() : state.now()),
                alike(had, state -> now(state, latest)),
                missed.isEmpty() ? how() : partly());
    }

    private static String now(SettingState taken, List<SettingState> latest) {
        return latest.stream()
                .filter(state -> state.id().equals(taken.id()))
                .map(state -> state.now().isEmpty() ? "not readable" : state.now())
                .findFirst()
                .orElse(taken.now());
    }

    private String how() {
        return had.stream().anyMatch(state -> state.kind() == Kind.HELD)
                ? "held until the test ends"
                : "it was so already";
    }

    private String partly() {
        return had.size() + " of " + (had.size() + missed.size()) + "; " + oneByOne(missed, QuietFiles::whyNot);
    }

    private static String whyNot(SettingState state) {
        return state.kind() == Kind.FOREIGN
                ? "someone else set it to " + state.now() + " while other tests of this host hold it"
                : state.words();
    }

    /** Returns what is said of each file, once if it is the same of all. */
    private static String alike(List<SettingState> files, Function<SettingState, String> saying) {
        return files.stream().map(saying).distinct().count() == 1
                ? saying.apply(files.get(0))
                : oneByOne(files, saying);
    }

    /** Returns what is said with those of which it is said: {@code irq 1,4-9: 0-1; irq 25: 1}. */
    private static String oneByOne(List<SettingState> files, Function<SettingState, String> saying) {
        Map<String, List<String>> ids =
                files.stream().collect(groupingBy(saying, LinkedHashMap::new, mapping(SettingState::id, toList())));
        return ids.entrySet().stream()
                .map(entry -> names(entry.getValue()) + ": " + entry.getKey())
                .collect(joining("; "));
    }

    /** Returns {@code irq 1,4-9} of {@code irq_affinity.1}, {@code irq_affinity.4} and so on. */
    private static String names(List<String> ids) {
        BitSet numbers = new BitSet();
        for (String id : ids) {
            if (!NUMBERED.matcher(id).matches()) {
                return String.join(", ", ids);
            }
            numbers.set(Integer.parseInt(id.substring(id.indexOf('.') + 1)));
        }
        String what = ids.get(0).startsWith("irq") ? "irq " : "CPU ";
        return what + CpuSet.of(numbers).orElseThrow(); // interrupts, too, are listed as the kernel lists CPUs
    }
}
