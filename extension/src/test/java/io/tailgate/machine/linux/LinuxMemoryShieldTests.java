/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PolicySweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory policies over the mappings of a small invented JVM. */
class LinuxMemoryShieldTests {

    private static final NumaPolicy ON_NODE_0 = NumaPolicy.of(Mode.BIND, Set.of(0));
    private static final long HEAP = 0x6c0000000L;

    private final FakeLibC libc = new FakeLibC();

    private MemoryShield shield() {
        Path tree = Path.of("src/test/resources/machines/two-node");
        return new LinuxMachine(tree.resolve("proc"), tree.resolve("sys"), libc).shield();
    }

    private static AddressRanges range(long start, long end) {
        return AddressRanges.of(new TreeMap<>(Map.of(start, end)));
    }

    @Test
    void coversWhatTheKernelWouldScan() {
        PolicySweep sweep = shield().cover(NumaPolicy.LOCAL);

        assertThat(sweep.covered()).isEqualTo(7);
        assertThat(sweep.refusal()).isEmpty();
        assertThat(libc.calls())
                .as("writable, be it shared, and memory that an arena grows into")
                .contains(
                        "mbind 6c0000000+20000000 4 none 0",
                        "mbind 6e0000000+20000000 4 none 0",
                        "mbind 7f5c50000000+8000 4 none 0")
                .as("neither code nor what is the kernel's")
                .noneMatch(call -> call.startsWith("mbind 400000")
                        || call.startsWith("mbind 7ffc111f0000")
                        || call.startsWith("mbind ffffffffff600000"));
        assertThat(sweep.ranges().within(HEAP, 0x700000000L)).isEqualTo(range(HEAP, 0x700000000L));
    }

    @Test
    void leavesAMappingAloneThatHasAPolicyOfItsOwn() {
        libc.mappingPolicy(HEAP, ON_NODE_0);
        PolicySweep sweep = shield().cover(NumaPolicy.LOCAL);
        assertThat(sweep.kept()).isEqualTo(1);
        assertThat(sweep.covered()).isEqualTo(6);
        assertThat(sweep.ranges().within(HEAP, HEAP + 1).isEmpty()).isTrue();
        assertThat(libc.calls()).noneMatch(call -> call.startsWith("mbind 6c0000000"));
    }

    @Test
    void movesPagesToTheNodesThatAreBound() {
        shield().cover(NumaPolicy.of(Mode.BIND, Set.of(0, 1)));
        assertThat(libc.calls()).contains("mbind 1c00000+21000 2 11 2");
    }

    @Test
    void countsRefusalsAndForgetsWhatWasUnmapped() {
        libc.refusing("mbind", 1, "Operation not permitted").refusing("mbind 1c00000", 14, "Bad address");
        PolicySweep sweep = shield().cover(ON_NODE_0);
        assertThat(sweep.covered()).isZero();
        assertThat(sweep.ranges()).isEqualTo(AddressRanges.NONE);
        assertThat(sweep.refused()).isEqualTo(6);
        assertThat(sweep.refusal())
                .hasValueSatisfying(why -> assertThat(why).endsWith("failed: Operation not permitted (errno 1)"));
    }

    @Test
    void overwritesNothingWhereItMayNotAsk() {
        libc.refusing("get_mempolicy", 1, "Operation not permitted");
        assertThat(shield().cover(ON_NODE_0))
                .isEqualTo(new PolicySweep(
                        AddressRanges.NONE,
                        0,
                        0,
                        7,
                        Optional.of("get_mempolicy 403000 failed: Operation not permitted (errno 1)")));
        assertThat(libc.calls()).isEmpty();
    }

    @Test
    void takesBackOnlyWhatItGaveAndIsStillThere() {
        libc.mappingPolicy(HEAP, NumaPolicy.LOCAL)
                .mappingPolicy(0x1c00000L, ON_NODE_0)
                .mappingPolicy(0x7f5c40000000L, NumaPolicy.LOCAL);
        AddressRanges covered = range(HEAP + 0x1000, HEAP + 0x3000).and(range(0x1c00000L, 0x1c21000L));

        shield().uncover(covered, NumaPolicy.LOCAL);

        assertThat(libc.calls()).containsExactly("mbind 6c0001000+2000 0 none 0");
    }

    @Test
    void takesBackTheRestOfAMappingWhoseFirstPagesAreReplacedMeanwhile(@TempDir Path proc) throws IOException {
        long reserved = 0x7f0000000000L;
        Path maps = Files.createDirectory(proc.resolve("self")).resolve("maps");
        Files.writeString(maps, "7f0000000000-7f0000100000 ---p 00000000 00:00 0\n");
        libc.mappingPolicy(reserved, NumaPolicy.LOCAL).onceAsked(reserved, () -> {
            libc.mappingPolicy(reserved, NumaPolicy.DEFAULT).mappingPolicy(reserved + 0x10000, NumaPolicy.LOCAL);
            write(maps, """
                    7f0000000000-7f0000010000 rw-p 00000000 00:00 0
                    7f0000010000-7f0000100000 ---p 00000000 00:00 0
                    """);
        });

        new LinuxMachine(proc, proc, libc).shield().uncover(range(reserved, reserved + 0x100000), NumaPolicy.LOCAL);

        assertThat(libc.calls()).containsExactly("mbind 7f0000010000+f0000 0 none 0");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void knowsItsOwnPolicyByItsOlderName() {
        libc.mappingPolicy(HEAP, NumaPolicy.of(Mode.PREFERRED, Set.of()));
        shield().uncover(range(HEAP, HEAP + 0x1000), NumaPolicy.LOCAL);
        assertThat(libc.calls()).containsExactly("mbind 6c0000000+1000 0 none 0");
    }

    @Test
    void tellsWhatItCouldNotTakeBackAfterTheRest() {
        libc.mappingPolicy(HEAP, ON_NODE_0)
                .mappingPolicy(0x1c00000L, ON_NODE_0)
                .refusing("mbind 1c00000", 1, "Operation not permitted");
        AddressRanges covered = range(0x1c00000L, HEAP + 0x1000);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> shield().uncover(covered, ON_NODE_0))
                .withMessageContaining("Operation not permitted (errno 1)");
        assertThat(libc.calls()).endsWith("mbind 6c0000000+1000 0 none 0");
    }

    @Test
    void countsThePagesThatMayBeScanned() {
        assertThat(shield().pages(FakeLibC.TID)).isEqualTo(PageCount.of(1036, 34, Map.of(0, 1011L, 1, 58L + 1)));
    }
}
