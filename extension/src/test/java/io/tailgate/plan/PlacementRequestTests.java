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
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementRequestTests {

    @Test
    void readsTheListOfCpus() {
        assertThat(new PlacementRequest(-1, "2-3,8", 0, BIND, OFF, List.of()).placement())
                .isEqualTo(new Placement(Placement.ANY_NODE, CpuSet.of(2, 3, 8), 0, BIND, OFF, List.of()));
    }

    @Test
    void leavesTheChoiceToTheNodeWithoutAList() {
        assertThat(new PlacementRequest(1, "", 4, BIND, OFF, List.of()).placement())
                .isEqualTo(new Placement(1, null, 4, BIND, OFF, List.of()));
    }

    @Test
    void refusesWhatCanBeOnNoMachine() {
        refused(new PlacementRequest(-2, "", 0, BIND, OFF, List.of()), "node = -2 is no NUMA node");
        refused(new PlacementRequest(-1, "", -1, BIND, OFF, List.of()), "cpuCount = -1 is negative");
        refused(new PlacementRequest(-1, "two", 0, BIND, OFF, List.of()), "CPU list \"two\"");
        refused(new PlacementRequest(-1, " ", 0, BIND, OFF, List.of()), "CPU list \" \"");
    }

    @Test
    void asksForEachQuietSettingOnceInTheOrderWritten() {
        List<QuietSetting> written = List.of(QuietSetting.TURBO, QuietSetting.NMI_WATCHDOG, QuietSetting.TURBO);

        assertThat(new PlacementRequest(-1, "", 0, BIND, OFF, written)
                        .placement()
                        .quiet())
                .containsExactly(QuietSetting.TURBO, QuietSetting.NMI_WATCHDOG);
    }

    private static void refused(PlacementRequest request, String message) {
        assertThatIllegalArgumentException().isThrownBy(request::placement).withMessageStartingWith(message);
    }
}
