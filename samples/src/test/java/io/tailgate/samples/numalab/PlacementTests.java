/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import io.tailgate.samples.numalab.Placement.ThreadPlace;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementTests {

    @Test
    void pagesOfTouchedMemoryAreOnNodes() {
        try (Memory memory = new Memory(64L << 20)) {
            assertThat(Placement.pagesByNode(memory)).as("nobody touched it").containsKey(-2); // ENOENT
            memory.clear();
            var pages = Placement.pagesByNode(memory);
            assertThat(pages.keySet()).allMatch(node -> node >= 0);
            assertThat(pages.values().stream().mapToLong(Long::longValue).sum())
                    .isBetween((64L << 20) / LinuxCalls.PAGE, (64L << 20) / LinuxCalls.PAGE + 1);
        }
    }

    @Test
    void callerRunsOnACpuThatItMayUse() {
        assertThat(LinuxCalls.allowedCpus().get(LinuxCalls.currentCpu())).isTrue();
    }

    @Test
    void isWrittenAsOneLineOfJson() {
        BitSet cpus = new BitSet();
        cpus.set(1);
        cpus.set(3);
        TreeMap<Integer, Long> pages = new TreeMap<>();
        pages.put(0, 1L);
        pages.put(1, 14_000L);
        Placement placement = new Placement(pages, 14_156, List.of(new ThreadPlace("worker", cpus, cpus)), "1,3");
        assertThat(placement.json())
                .isEqualTo(
                        "{\"pagesByNode\":{\"0\":1,\"1\":14000},\"weightPages\":14156,"
                                + "\"threads\":[{\"name\":\"worker\",\"cpus\":\"1,3\",\"ranOn\":[1,3]}],\"nodeCpus\":\"1,3\"}\n");
    }
}
