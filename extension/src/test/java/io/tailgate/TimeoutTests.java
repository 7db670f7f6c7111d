/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.KernelSetting;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that is interrupted leaves the machine as it was. */
class TimeoutTests {

    private static final CpuSet BEFORE = new FakeMachine().affinity();

    /** Also where its classes are loaded first, on a busy machine. */
    private static final long BY_THEN_IT_RUNS_MS = 1_000;

    @BeforeEach
    void startAfresh() {
        OnFakeMachine.machine = new FakeMachine();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SameThreadTestCase.class,
                SeparateThreadTestCase.class,
                NeverBlockingTestCase.class,
                KeepingInterruptTestCase.class
            })
    void undoesEverything(Class<?> testCase) throws InterruptedException {
        assertThat(Engine.thrown(Engine.run(testCase))).isInstanceOf(TimeoutException.class);

        awaitUndo();
        assertThat(OnFakeMachine.machine.log()).contains("NUMA_BALANCING=0").endsWith("NUMA_BALANCING=1");
        assertThat(OnFakeMachine.machine.read(KernelSetting.NUMA_BALANCING)).isEqualTo("1");
        assertThat(OnFakeMachine.machine.affinity()).isEqualTo(BEFORE);
    }

    @Test
    void leavesATestAloneThatIsInTime() {
        Engine.succeeds(1, InTimeTestCase.class);
    }

    /** JUnit does not wait for a separate thread. */
    private static void awaitUndo() throws InterruptedException {
        for (int i = 0;
                i < 6_000
                        && !OnFakeMachine.machine
                                .read(KernelSetting.NUMA_BALANCING)
                                .equals("1");
                i++) {
            Thread.sleep(10);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class SameThreadTestCase {
        @Test
        @PinnedNuma
        @Sampling(iterations = 10, warmup = 1)
        @Timeout(value = BY_THEN_IT_RUNS_MS, unit = TimeUnit.MILLISECONDS)
        void body() throws InterruptedException {
            Thread.sleep(60_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class SeparateThreadTestCase {
        @Test
        @PinnedNuma
        @Sampling(iterations = 10, warmup = 1)
        @Timeout(value = BY_THEN_IT_RUNS_MS, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void body() throws InterruptedException {
            Thread.sleep(60_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class NeverBlockingTestCase {
        @Test
        @PinnedNuma
        @Sampling(iterations = 10_000_000, warmup = 1)
        @Timeout(value = BY_THEN_IT_RUNS_MS, unit = TimeUnit.MILLISECONDS)
        void body() {
            Work.spin(1_000_000);
        }
    }

    /** What undoes must not stumble over an interrupt that nobody has taken. */
    @ExtendWith(OnFakeMachine.class)
    static class KeepingInterruptTestCase {
        @Test
        @PinnedNuma
        @Sampling(iterations = 10, warmup = 1)
        @Timeout(value = BY_THEN_IT_RUNS_MS, unit = TimeUnit.MILLISECONDS)
        void body() {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class InTimeTestCase {
        @Test
        @PinnedNuma
        @Sampling(iterations = 10, warmup = 1)
        @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
        void body() {}
    }
}
