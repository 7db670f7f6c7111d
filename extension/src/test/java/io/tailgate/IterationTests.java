/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the body of a test runs, and what runs once. */
class IterationTests {

    private static final List<String> CALLS = new ArrayList<>();

    @BeforeEach
    void startAfresh() {
        CALLS.clear();
        OnFakeMachine.machine = new FakeMachine();
    }

    @Test
    void runsTheBodyAsOftenAsAskedAndTheRestOnce() {
        Engine.succeeds(1, SampledTestCase.class);

        assertThat(CALLS)
                .containsSubsequence("before each", "interceptor", "body", "after each")
                .hasSize(3 + 30);
        assertThat(CALLS).filteredOn("body"::equals).hasSize(30);
    }

    @Test
    void leavesOtherInterceptorsOutOfAMeasurementWithoutWarmUp() {
        Engine.succeeds(1, WithoutWarmUpTestCase.class);

        assertThat(CALLS).hasSize(20).containsOnly("body");
    }

    @Test
    void runsAPinnedTestOnceThroughJUnit() {
        Engine.succeeds(1, OnlyPinnedTestCase.class);

        assertThat(CALLS).containsExactly("interceptor", "body");
    }

    @Test
    void staysOnTheThreadOfJUnit() {
        Engine.succeeds(1, ThreadTestCase.class);

        assertThat(CALLS).hasSize(1 + 15).containsOnly(Thread.currentThread().getName());
    }

    @Test
    void measuresEachRepetition() {
        Engine.succeeds(3, RepeatedTestCase.class);

        assertThat(CALLS).hasSize(3 * 15);
    }

    @Test
    void measuresEachInvocationWithItsArguments() {
        Engine.succeeds(2, ParameterizedTestCase.class);

        assertThat(CALLS).hasSize(2 * 15);
        assertThat(CALLS.subList(0, 15)).containsOnly("FP32");
        assertThat(CALLS.subList(15, 30)).containsOnly("INT8");
    }

    @Test
    void measuresEachDynamicTest() {
        Engine.succeeds(2, DynamicTestCase.class);

        assertThat(CALLS).startsWith("factory").hasSize(1 + 2 * 15);
        assertThat(CALLS.subList(1, 16)).containsOnly("first");
        assertThat(CALLS.subList(16, 31)).containsOnly("second");
    }

    @ExtendWith(OnFakeMachine.class)
    static class SampledTestCase {

        @BeforeEach
        void beforeEach() {
            CALLS.add("before each");
        }

        @AfterEach
        void afterEach() {
            CALLS.add("after each");
        }

        @Test
        @Sampling(iterations = 20, warmup = 10)
        @ExtendWith(Logging.class)
        void body() {
            CALLS.add("body");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class WithoutWarmUpTestCase {
        @Test
        @Sampling(iterations = 20, warmup = 0)
        @ExtendWith(Logging.class)
        void body() {
            CALLS.add("body");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class OnlyPinnedTestCase {
        @Test
        @PinnedNuma
        @ExtendWith(Logging.class)
        void body() {
            CALLS.add("body");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ThreadTestCase {

        @BeforeEach
        void beforeEach() {
            CALLS.add(Thread.currentThread().getName());
        }

        @Test
        @Sampling(iterations = 10, warmup = 5)
        void body() {
            CALLS.add(Thread.currentThread().getName());
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class RepeatedTestCase {
        @RepeatedTest(3)
        @Sampling(iterations = 10, warmup = 5)
        void body() {
            CALLS.add("body");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ParameterizedTestCase {
        @ParameterizedTest
        @ValueSource(strings = {"FP32", "INT8"})
        @Sampling(iterations = 10, warmup = 5)
        void body(String precision) {
            CALLS.add(precision);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class DynamicTestCase {
        @TestFactory
        @Sampling(iterations = 10, warmup = 5)
        Stream<DynamicTest> factory() {
            CALLS.add("factory");
            return Stream.of("first", "second").map(name -> DynamicTest.dynamicTest(name, () -> CALLS.add(name)));
        }
    }

    /** An interceptor inside ours. */
    static class Logging implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            CALLS.add("interceptor");
            invocation.proceed();
        }
    }
}
