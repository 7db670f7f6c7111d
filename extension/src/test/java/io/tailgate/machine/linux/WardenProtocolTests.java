/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static io.tailgate.machine.KernelSetting.IRQ_AFFINITY;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WardenProtocolTests {

    @Test
    void namesSettingsAndCpusAndNothingElse() {
        assertThat(WardenProtocol.hold(NUMA_BALANCING, Optional.empty())).isEqualTo("hold numa_balancing");
        assertThat(WardenProtocol.hold(IRQ_AFFINITY, Optional.of(CpuSet.parse("2,3"))))
                .isEqualTo("hold irq_affinity 2-3");
        assertThat(WardenProtocol.check(IRQ_AFFINITY)).isEqualTo("check irq_affinity");
        assertThat(WardenProtocol.release(IRQ_AFFINITY)).isEqualTo("release irq_affinity");
        assertThat(WardenProtocol.greeting(17)).isEqualTo("tailgate 1 17");
    }

    @ParameterizedTest
    @CsvSource({
        "held numa_balancing 65536 0, HELD, numa_balancing, 65536, 0, ''",
        "kept governor.3 performance, KEPT, governor.3, '', performance, ''",
        "restored irq_affinity.45 0-3, RESTORED, irq_affinity.45, '', 0-3, ''",
        "shared numa_balancing 0, SHARED, numa_balancing, '', 0, ''",
        "foreign numa_balancing 2, FOREIGN, numa_balancing, '', 2, ''",
        "absent turbo this machine has none, ABSENT, turbo, '', '', this machine has none",
        "refused thp_enabled EROFS: read-only, REFUSED, thp_enabled, '', '', EROFS: read-only",
        "nothing numa_balancing its journal is old, REFUSED, numa_balancing, '', '', its journal is old",
    })
    void readsEachKindOfAnswer(String line, Kind kind, String id, String before, String now, String words) {
        assertThat(WardenProtocol.state(line))
                .returns(kind, state -> state.kind())
                .returns(id, state -> state.id())
                .returns(before, state -> state.before())
                .returns(now, state -> state.now())
                .returns(words, state -> state.words());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"held", "held numa_balancing", "held numa_balancing 1", "taken numa_balancing 0", "ready 1 7"})
    void doesNotGuessAtOtherAnswers(String line) {
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> WardenProtocol.state(line))
                .withMessageContaining("\"" + line + "\"");
    }

    @Test
    void knowsTheWardensNumber() {
        assertThat(WardenProtocol.ready("ready 1 4711")).isEqualTo(4711);
    }
}
