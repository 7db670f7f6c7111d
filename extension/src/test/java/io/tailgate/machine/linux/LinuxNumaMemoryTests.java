/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PolicySweep;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Memory policies over captured mappings. */
class LinuxNumaMemoryTests {

    private final FakeLibC libc = new FakeLibC();

    private Machine machine(String name) {
        Path tree = Path.of("src/test/resources/machines", name);
        return new LinuxMachine(tree.resolve("proc"), tree.resolve("sys"), libc);
    }

    @Test
    void sweepsWhatCanBeWrittenAndIsNotTheKernels() {
        PolicySweep sweep = machine("two-node").sweep(NumaPolicy.LOCAL);

        assertThat(sweep).isEqualTo(new PolicySweep(6, 0, Optional.empty()));
        assertThat(libc.calls())
                .contains("mbind 6c0000000+20000000 4 none 0", "mbind 7f5c50000000+8000 4 none 0")
                .noneMatch(call -> call.startsWith("mbind 400000") || call.startsWith("mbind ffffffffff600000"));
    }

    @Test
    void movesPagesToTheNodesThatAreBound() {
        machine("two-node").sweep(NumaPolicy.of(Mode.BIND, Set.of(0, 1)));
        assertThat(libc.calls()).contains("mbind 1c00000+21000 2 11 2");
    }

    @Test
    void countsRefusalsAndForgetsWhatWasUnmapped() {
        libc.refusing("mbind", 1, "Operation not permitted").refusing("mbind 1c00000", 14, "Bad address");
        PolicySweep sweep = machine("two-node").sweep(NumaPolicy.of(Mode.BIND, Set.of(0)));
        assertThat(sweep.covered()).isZero();
        assertThat(sweep.refused()).isEqualTo(5);
        assertThat(sweep.refusal())
                .hasValueSatisfying(why -> assertThat(why).endsWith("failed: Operation not permitted (errno 1)"));
    }

    @Test
    void prefersNoNodeWhereLocalIsNotKnown() {
        libc.refusing("set_mempolicy 4", 22, "Invalid argument");
        machine("two-node").setThreadPolicy(NumaPolicy.LOCAL);
        assertThat(libc.calls()).containsExactly("set_mempolicy 4 none", "set_mempolicy 1 none");
    }

    @Test
    void readsThePolicyWithItsFlags() {
        libc.mode(2 | 1 << 13);
        NumaPolicy policy = machine("two-node").threadPolicy();
        assertThat(policy).isEqualTo(new NumaPolicy(Mode.BIND, 1 << 13, new TreeSet<>(Set.of(1))));
        machine("two-node").setThreadPolicy(policy);
        assertThat(libc.calls()).containsExactly("set_mempolicy " + (2 | 1 << 13) + " 10");
    }

    @Test
    void doesNotGuessAModeThatItDoesNotKnow() {
        libc.mode(99);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> machine("two-node").threadPolicy())
                .withMessageContaining("mode 99");
    }

    @Test
    void addsUpAnonymousPagesWithAndWithoutPolicy() {
        assertThat(machine("two-node").pages()).isEqualTo(PageCount.of(1036, 34, Map.of(0, 1011L, 1, 59L)));
    }
}
