/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.Warden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingLeaseTests {

    /** A warden that holds the setting and counts no loss. */
    private abstract static class NeverLost implements Warden {

        @Override
        public List<SettingState> hold(KernelSetting setting, Optional<CpuSet> cpus) {
            return List.of(SettingState.held("numa_balancing", "1", "0"));
        }

        @Override
        public long losses() {
            return 0;
        }

        @Override
        public String lastLoss() {
            return "";
        }
    }

    /** A test's timeout comes just when the warden is lost. */
    private static final class LostWhileInterrupted extends NeverLost {

        private boolean held = true;

        @Override
        public List<SettingState> check(KernelSetting setting) {
            return List.of();
        }

        @Override
        public List<SettingState> release(KernelSetting setting) {
            if (!held) {
                return List.of();
            }
            held = false;
            Thread.currentThread().interrupt();
            throw new MachineException("no warden to be had");
        }
    }

    @Test
    void saysThatItWasNotSetBackInSpiteOfAnInterrupt() {
        UndoStack undo = new UndoStack();
        SettingLease.take(NUMA_BALANCING, Optional.empty(), new LostWhileInterrupted(), undo);

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(undo::close)
                .withMessageContaining("kernel.numa_balancing may not have been set back: no warden to be had");

        assertThat(Thread.interrupted()).isTrue();
    }

    /** A warden in place of a killed one was refused. */
    private static final class RefusedMeanwhile extends NeverLost {

        private static final SettingState REFUSED = SettingState.refused("numa_balancing", "somebody else made it 2");

        @Override
        public List<SettingState> check(KernelSetting setting) {
            return List.of(REFUSED);
        }

        @Override
        public List<SettingState> release(KernelSetting setting) {
            return List.of(REFUSED);
        }
    }

    @Test
    void saysWhyItIsNotSetBackAndWhatDoesSo() {
        UndoStack undo = new UndoStack();
        SettingLease lease = SettingLease.take(NUMA_BALANCING, Optional.empty(), new RefusedMeanwhile(), undo);

        assertThat(lease.disturbances())
                .contains("kernel.numa_balancing may not be held any longer: somebody else made it 2");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(undo::close)
                .withMessageContaining("kernel.numa_balancing cannot be set back to 1: somebody else made it 2; "
                        + "java -jar tailgate-junit.jar restore, as root, tries again");
    }
}
