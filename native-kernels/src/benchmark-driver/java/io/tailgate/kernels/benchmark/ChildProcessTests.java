/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTests {

    private static final List<Scenario> ALL = List.of(
            FakeScenario.named("fp32-b8-t2"), FakeScenario.named("int8-b8-t2"), FakeScenario.named("sgemm-512-t2"));

    @TempDir
    private Path folder;

    /** Writes its arguments, and what oneDNN is held to, as names of scenarios. */
    static final class Answering {
        private Answering() {}

        public static void main(String[] arguments) {
            String isa = System.getenv().getOrDefault("ONEDNN_MAX_CPU_ISA", "any");
            String said = "%s %s %s %s".formatted(arguments[0], arguments[2], arguments[3], isa);
            JsonResults.write(Path.of(arguments[1]), List.of(Results.empty(said)));
        }
    }

    /** Is killed half way. */
    static final class Dying {
        private Dying() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(7);
        }
    }

    /** Says that all went well, and gives nothing. */
    static final class Silent {
        private Silent() {}

        public static void main(String[] arguments) {}
    }

    @Test
    void givesTheChildSettingsAndPlacesAndReadsItsResults() throws ChildFailure {
        assertThat(child(Answering.class).run(ALL.subList(1, 3))).containsExactly(Results.empty("20 1 2 any"));
        assertThat(folder.resolve("process.json")).doesNotExist();
    }

    @Test
    void holdsTheChildByItsEnvironment() throws ChildFailure {
        Scenario held = new FakeScenario("held", Hold.AVX2, 2, 1, Results.empty("held"));
        Scenario other = new FakeScenario("other", Hold.AVX2, 2, 1, Results.empty("other"));
        ChildProcess child =
                new ChildProcess(Answering.class, List.of("20"), List.of(held, other), folder.resolve("process.json"));
        assertThat(child.run(List.of(held, other))).containsExactly(Results.empty("20 0 1 AVX2"));
    }

    @Test
    void saysWhichScenariosTheChildThatDiedHad() {
        assertThatExceptionOfType(ChildFailure.class)
                .isThrownBy(() -> child(Dying.class).run(ALL.subList(0, 2)))
                .withMessage("the process of fp32-b8-t2, int8-b8-t2 ended with 7; it said why above");
    }

    @Test
    void doesNotTakeTheResultsOfTheProcessBefore() {
        JsonResults.write(folder.resolve("process.json"), List.of(Results.empty("old")));
        assertThatExceptionOfType(ChildFailure.class)
                .isThrownBy(() -> child(Silent.class).run(ALL.subList(0, 1)))
                .withMessage("the process of fp32-b8-t2 ended with 0, but left no results");
    }

    private ChildProcess child(Class<?> main) {
        return new ChildProcess(main, List.of("20"), ALL, folder.resolve("process.json"));
    }
}
