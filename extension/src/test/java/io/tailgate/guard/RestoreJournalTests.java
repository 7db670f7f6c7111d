/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ProcessIdentity;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found when the owner of a setting could not give it back. */
class RestoreJournalTests {

    private static final ProcessIdentity DEAD = new ProcessIdentity(77, 700, "boot-1");
    private static final RestoreRecord RECORD = new RestoreRecord(NUMA_BALANCING, "1", "0", DEAD);

    private final FakeMachine machine = new FakeMachine().setting(NUMA_BALANCING, "0");
    private Path folder = Path.of("");

    @BeforeEach
    void keepsTheJournalIn(@TempDir Path parent) throws IOException {
        folder = parent.resolve("state");
        machine.stateDirectory(folder);
        try (StateDirectory state = StateDirectory.open(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(state.names(".record")).isEmpty();
        }
    }

    private Path leave(String text) throws IOException {
        return Files.writeString(folder.resolve("NUMA_BALANCING-77-700-0.record"), text);
    }

    private String balancingAfterAGuard(BalancingPlan plan) {
        Guard.apply(Placements.on("2-3", MemoryPlacement.UNCHANGED, plan), machine)
                .close();
        return machine.read(NUMA_BALANCING);
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void keepsARecordExactlyAsLongAsTheChange() throws IOException {
        machine.setting(NUMA_BALANCING, "1");
        try (Guard guard = Guard.apply(Placements.QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.SYSCTL);
            Path record = folder.resolve("NUMA_BALANCING-1-100-0.record");
            assertThat(RestoreRecord.parse(Files.readString(record)))
                    .contains(new RestoreRecord(NUMA_BALANCING, "1", "0", FakeMachine.SELF));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(record)))
                    .isEqualTo("rw-------");
        }
        assertThat(files()).containsExactly("lock");
    }

    @ParameterizedTest
    @EnumSource(BalancingPlan.class)
    void restoresWhatADeadProcessLeft(BalancingPlan plan) throws IOException {
        leave(RECORD.format());

        assertThat(balancingAfterAGuard(plan)).isEqualTo("1");

        assertThat(files()).containsExactly("lock");
    }

    @Test
    void leavesAloneWhatSomeoneChangedSince() throws IOException {
        leave(RECORD.format());
        machine.setting(NUMA_BALANCING, "2");

        assertThat(balancingAfterAGuard(BalancingPlan.UNCHANGED)).isEqualTo("2");

        assertThat(files()).containsExactly("lock");
    }

    @Test
    void leavesAloneWhatALivingProcessHolds() throws IOException {
        Path record = leave(RECORD.format());
        machine.alive(DEAD);
        try (Guard guard = Guard.apply(Placements.QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().reason())
                    .isEqualTo("kernel.numa_balancing was already 0, held there by process 77, "
                            + "which sets it back to 1 when its test ends");
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");
        assertThat(record).exists();
    }

    @Test
    void removesARecordOfAnEarlierBootWithoutWriting() throws IOException {
        leave(new RestoreRecord(NUMA_BALANCING, "1", "0", new ProcessIdentity(77, 700, "boot-0")).format());

        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("0");

        assertThat(files()).containsExactly("lock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tailgate-restore 1\nsetting=NUMA_BALANCING\nbefore=1\nours=0\n"})
    void neverWritesFromADamagedRecord(String text) throws IOException {
        leave(text);

        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("0");

        assertThat(machine.log()).noneMatch(action -> action.startsWith("NUMA_BALANCING"));
        assertThat(files()).containsExactlyInAnyOrder("lock", "NUMA_BALANCING-77-700-0.record.rejected");
    }

    @Test
    void setsAsideARecordThatIsTooLarge() throws IOException {
        Path record = leave(RECORD.format() + " ".repeat(10_000));
        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("0");
        assertThat(record).doesNotExist();
    }

    @Test
    void neverFollowsALink(@TempDir Path elsewhere) throws IOException {
        Path target = Files.writeString(elsewhere.resolve("target"), RECORD.format());
        Files.createSymbolicLink(folder.resolve("NUMA_BALANCING-77-700-0.record"), target);

        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("0");

        assertThat(target).hasContent(RECORD.format());
    }

    @Test
    void keepsARecordThatCouldNotBeReplayed() throws IOException {
        Path record = leave(RECORD.format());
        machine.refusing("NUMA_BALANCING=1");

        assertThat(balancingAfterAGuard(BalancingPlan.UNCHANGED)).isEqualTo("0");

        assertThat(record).exists();
    }

    @ParameterizedTest
    @EnumSource(BalancingPlan.class)
    void givesBackWhatAnEarlierGuardOfThisJvmCouldNot(BalancingPlan plan) throws IOException {
        machine.setting(NUMA_BALANCING, "1");
        Guard earlier = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);
        machine.refusing("NUMA_BALANCING=1");
        assertThatExceptionOfType(MachineException.class).isThrownBy(earlier::close);
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");

        machine.acceptingAgain("NUMA_BALANCING=1");

        assertThat(balancingAfterAGuard(plan)).isEqualTo("1");
        assertThat(files()).containsExactly("lock");
    }

    @Test
    void runsATestAlthoughAnEarlierGuardStillCannotGiveBack() {
        machine.setting(NUMA_BALANCING, "1");
        Guard earlier = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);
        machine.refusing("NUMA_BALANCING=1");
        assertThatExceptionOfType(MachineException.class).isThrownBy(earlier::close);

        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("0");

        machine.acceptingAgain("NUMA_BALANCING=1");
        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("1");
    }

    @Test
    void leavesTheValueOfSomeoneElseToTheGuardThatFoundIt() throws IOException {
        machine.setting(NUMA_BALANCING, "1");
        Guard first = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);
        machine.setting(NUMA_BALANCING, "2");
        Guard second = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);

        first.close();
        assertThat(machine.read(NUMA_BALANCING)).as("the second still needs it").isEqualTo("0");
        second.close();

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("2");
        assertThat(files()).containsExactly("lock");
    }

    @Test
    void keepsTheValueOfSomeoneElseWhenTheGuardThatFoundItEndsFirst() {
        machine.setting(NUMA_BALANCING, "1");
        Guard first = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);
        machine.setting(NUMA_BALANCING, "2");
        Guard second = Guard.apply(Placements.QUIET_ON_2_AND_3, machine);

        second.close();
        first.close();

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("2");
    }

    @Test
    void replaysTheYoungestOfTwoDeadProcessesFirst() throws IOException {
        leave(RECORD.format());
        ProcessIdentity younger = new ProcessIdentity(66, 600, "boot-1");
        Files.writeString(
                folder.resolve("NUMA_BALANCING-66-600-1.record"),
                new RestoreRecord(NUMA_BALANCING, "2", "0", younger).format());

        assertThat(balancingAfterAGuard(BalancingPlan.UNCHANGED)).isEqualTo("2");

        assertThat(files()).containsExactly("lock");
    }

    @Test
    void removesTheHalfWrittenFileOfAProcessThatDied() throws IOException {
        machine.setting(NUMA_BALANCING, "1");
        Files.writeString(folder.resolve("NUMA_BALANCING-1-100-0.record.tmp"), "tailgate-rest");

        assertThat(balancingAfterAGuard(BalancingPlan.OFF)).isEqualTo("1");

        assertThat(files()).containsExactly("lock");
    }

    @Test
    void refusesAFolderThatOthersMayWrite() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> StateDirectory.open(folder))
                .withMessageContaining("has permissions rwxrwxrwx instead of rwx------");
    }

    @Test
    void refusesAFolderThatIsALink(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> StateDirectory.open(link))
                .withMessageContaining("is a link or a file where a folder belongs");
    }
}
