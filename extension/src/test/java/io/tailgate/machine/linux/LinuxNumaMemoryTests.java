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
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The memory policy of the calling thread. */
class LinuxNumaMemoryTests {

    private final FakeLibC libc = new FakeLibC();

    private Machine machine(String name) {
        Path tree = Path.of("src/test/resources/machines", name);
        return new LinuxMachine(tree.resolve("proc"), tree.resolve("sys"), libc);
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
}
