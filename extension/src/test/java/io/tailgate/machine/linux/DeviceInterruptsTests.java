/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceInterruptsTests {

    @Test
    void countsDevicesOnly() {
        List<String> lines = List.of(
                "           CPU0       CPU2       ",
                " 24:          1         20  IO-APIC   5-edge      ACPI:Ged",
                "136:          0     631754 PCI-MSIX-0000:00:02.0   1-edge      virtio1-req.0",
                "NMI:          7          7   Non-maskable interrupts",
                "LOC:    2770573    2738560   Local timer interrupts",
                "ERR:          0");
        assertThat(DeviceInterrupts.parse(lines)).isEqualTo(Map.of(0, 1L, 2, 631_774L));
    }

    @Test
    void knowsNothingWhereTheyCannotBeRead() {
        assertThat(new DeviceInterrupts(Path.of("/nowhere")).byCpu()).isEmpty();
    }
}
