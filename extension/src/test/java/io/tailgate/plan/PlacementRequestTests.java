/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static io.tailgate.plan.BalancingPlan.OFF;
import static io.tailgate.plan.MemoryPlacement.BIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.machine.CpuSet;
import org.junit.jupiter.api.Test;

class PlacementRequestTests {

    @Test
    void readsTheListOfCpus() {
        assertThat(new PlacementRequest(-1, "2-3,8", 0, BIND, OFF).placement())
                .isEqualTo(new Placement(Placement.ANY_NODE, CpuSet.of(2, 3, 8), 0, BIND, OFF));
    }

    @Test
    void leavesTheChoiceToTheNodeWithoutAList() {
        assertThat(new PlacementRequest(1, "", 4, BIND, OFF).placement())
                .isEqualTo(new Placement(1, null, 4, BIND, OFF));
    }

    @Test
    void refusesWhatCanBeOnNoMachine() {
        refused(new PlacementRequest(-2, "", 0, BIND, OFF), "node = -2 is no NUMA node");
        refused(new PlacementRequest(-1, "", -1, BIND, OFF), "cpuCount = -1 is negative");
        refused(new PlacementRequest(-1, "two", 0, BIND, OFF), "CPU list \"two\"");
        refused(new PlacementRequest(-1, " ", 0, BIND, OFF), "CPU list \" \"");
    }

    private static void refused(PlacementRequest request, String message) {
        assertThatIllegalArgumentException().isThrownBy(request::placement).withMessageStartingWith(message);
    }
}
