/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scenarios that were asked for. */
final class Selection {

    private Selection() {}

    /**
     * Returns those whose names begin with one of the names in the list, all if it is empty.
     *
     * @param list names separated by commas; each ends where a part of a scenario's name ends: {@code int8-b8}
     */
    static List<Scenario> of(List<Scenario> scenarios, String list) {
        if (list.isBlank()) {
            return scenarios;
        }
        List<String> wanted = Stream.of(list.split(",", -1)).map(String::strip).toList();
        for (String name : wanted) {
            if (scenarios.stream().noneMatch(scenario -> begins(scenario, name))) {
                throw new IllegalArgumentException("no scenario begins with \"" + name + "\"; there are "
                        + String.join(
                                ", ", scenarios.stream().map(Scenario::name).toList()));
            }
        }
        return scenarios.stream()
                .filter(scenario -> wanted.stream().anyMatch(name -> begins(scenario, name)))
                .toList();
    }

    private static boolean begins(Scenario scenario, String name) {
        return (scenario.name() + "-").startsWith(name + "-");
    }

    /** Returns their places in the list of all, by which a child process finds them again. */
    static List<Integer> places(List<Scenario> all, List<Scenario> some) {
        return IntStream.range(0, all.size())
                .filter(place -> some.contains(all.get(place)))
                .boxed()
                .toList();
    }
}
