/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.QUIET_ON_2_AND_3;
import static io.tailgate.machine.FakeMachine.TEST_THREAD;
import static io.tailgate.machine.FakeTopologies.inCpuset;
import static io.tailgate.machine.FakeTopologies.twoNodesOfFour;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadId;
import org.junit.jupiter.api.Test;

/** The CPUs of threads that live longer than the guard. */
class ThreadRestoreTests {

    private static final CpuSet ALL = CpuSet.parse("0-7");
    private static final CpuSet PINNED = CpuSet.of(2, 3);

    private final FakeMachine machine = new FakeMachine();
    private final ThreadId older = new ThreadId(7, 50);
    private final ThreadId born = new ThreadId(8, 200);

    @Test
    void freesThoseThatWereBornPinned() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.thread(born, PINNED);

        guard.close();

        assertThat(machine.affinity(born)).contains(ALL);
    }

    @Test
    void leavesThoseThatWerePinnedBefore() {
        machine.thread(older, PINNED);

        Guard.apply(QUIET_ON_2_AND_3, machine).close();

        assertThat(machine.affinity(older)).contains(PINNED);
    }

    @Test
    void leavesThoseThatPinnedThemselvesElsewhere() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.thread(born, CpuSet.of(3, 5));

        guard.close();

        assertThat(machine.affinity(born)).contains(CpuSet.of(3, 5));
    }

    @Test
    void freesThoseThatACallerOnOneOfThePinnedCpusStarted() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.thread(born, CpuSet.of(3));

        guard.close();

        assertThat(machine.affinity(born)).contains(ALL);
    }

    @Test
    void freesTheOthersWhereOneIsRefused() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        ThreadId next = new ThreadId(9, 200);
        machine.thread(born, PINNED)
                .thread(next, PINNED)
                .refusing("pin 0-7 on " + born)
                .refusing("pin 0-7 on " + next);
        ThreadId last = new ThreadId(10, 200);
        ThreadId first = new ThreadId(6, 200);
        machine.thread(last, PINNED).thread(first, PINNED);

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(guard::close)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

        assertThat(machine.affinity(first)).contains(ALL);
        assertThat(machine.affinity(last)).contains(ALL);
    }

    @Test
    void tellsAReusedNumberFromTheThreadThatHadIt() {
        machine.thread(older, PINNED);
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        ThreadId reborn = new ThreadId(older.tid(), 300);
        machine.threadEnds(older).thread(reborn, PINNED);

        guard.close();

        assertThat(machine.affinity(reborn)).contains(ALL);
    }

    @Test
    void areFreedFromWhicheverThreadCloses() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.thread(older, ALL).callingFrom(older);

        guard.close();

        assertThat(machine.affinity(TEST_THREAD)).contains(ALL);
        assertThat(machine.log()).as("nobody can set another thread's policy").doesNotContain("policy DEFAULT");
    }

    @Test
    void getBackAllIfTheyHadAllThatTheCpusetAllowed() {
        machine.topology(inCpuset(twoNodesOfFour(), CpuSet.parse("1-4")));

        Guard.apply(QUIET_ON_2_AND_3, machine).close();

        assertThat(machine.log())
                .as("the kernel narrows it to the cpuset, also to a later one")
                .contains("pin 0-7 on thread 1");
    }

    @Test
    void getWhatIsLeftIfTheCpusetNoLongerAllowsWhatTheyHad() {
        machine.thread(TEST_THREAD, CpuSet.of(2, 3, 4)).refusing("pin 2-4 on thread 1", "Invalid argument (errno 22)");

        Guard.apply(QUIET_ON_2_AND_3, machine).close();

        assertThat(machine.log()).contains("pin 0-7 on thread 1");
    }

    @Test
    void mayEndBeforeTheGuard() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.thread(older, ALL).callingFrom(older).threadEnds(TEST_THREAD);

        guard.close();

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
    }
}
