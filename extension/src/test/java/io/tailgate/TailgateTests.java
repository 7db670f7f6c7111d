/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.TailgateResult.Verdict;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailgateTests {

    private static final List<Object> CALLS = new ArrayList<>();

    @BeforeEach
    void startAfresh() {
        CALLS.clear();
        OnFakeMachine.machine = new FakeMachine();
        System.setProperty("tailgate.output.dir", Engine.OUTPUT.toString());
    }

    @AfterEach
    void clearOverrides() {
        System.clearProperty("tailgate.output.dir");
        System.clearProperty("tailgate.mode");
    }

    @Test
    void runsTheTestsOfAClassAsItsFieldSays() {
        Engine.succeeds(1, FieldTestCase.class);

        assertThat(CALLS).hasSize(60 + 2).containsOnly(CpuSet.parse("2-3"));
        assertThat(OnFakeMachine.machine.log()).contains("pin 2-3");
    }

    @Test
    void givesWayToTheAnnotationsOfATest() {
        Engine.succeeds(1, AnnotatedTestCase.class);

        assertThat(CALLS).hasSize(10 + 1).containsOnly(CpuSet.parse("4"));
    }

    @Test
    void takesAFieldOfTheInstanceToo() {
        Engine.succeeds(1, InstanceFieldTestCase.class);

        assertThat(CALLS).hasSize(20);
    }

    @Test
    void refusesInTheTestWhatItsFieldCannotMean() {
        assertThat(Engine.thrown(Engine.run(WrongFieldTestCase.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("percentile = 101.0 is out of range");
        assertThat(OnFakeMachine.machine.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {TwoFieldsTestCase.class, MixedFieldsTestCase.class, SecondFieldBelowTestCase.class})
    void refusesTwoFieldsForOneTest(Class<?> testCase) {
        assertThat(Engine.thrown(Engine.run(testCase)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("two Tailgate fields")
                .hasMessageContaining("loose")
                .hasMessageContaining("tight")
                .hasMessageContaining("one field");
    }

    @Test
    void letsANestedClassHaveAFieldOfItsOwn() {
        Engine.succeeds(1, AroundTestCase.class);

        assertThat(CALLS).hasSize(7);
    }

    @Test
    void measuresWithoutATestFramework() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Tailgate options = Tailgate.unpinned()
                .iterations(50)
                .warmup(5)
                .maxTailLatency(TailBound.percentile(90).atMost("100 s").burst(1));

        TailgateResult result = Tailgate.measure("direct", options, calls::incrementAndGet);

        assertThat(calls).hasValue(55);
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.iterations()).isEqualTo(50);
        assertThat(result.text()).contains("p90 of TailgateTests.direct is within 100 s");
        assertThat(Path.of(result.page())).isAbsolute().exists();
    }

    @Test
    void returnsAFailureLikeAnyVerdict() throws Exception {
        Tailgate options = Tailgate.unpinned()
                .iterations(50)
                .warmup(0)
                .maxTailLatency(
                        TailBound.percentile(90).atMost("1 ns").confidence(0.9).burst(1));

        TailgateResult result = Tailgate.measure("slow", options, () -> Work.spin(1_000));

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.text()).contains("n = 50 iterations");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        AtomicInteger calls = new AtomicInteger();
        Tailgate options = Tailgate.unpinned().maxTailLatency(TailBound.percentile(99));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tailgate.measure("limitless", options, calls::incrementAndGet))
                .withMessageStartingWith("@MaxTailLatency on [Tailgate.measure(limitless)]: no limit is given");
        assertThat(calls).hasValue(0);
    }

    @Test
    void throwsWhatTheBodyThrows() {
        Tailgate options = Tailgate.unpinned().iterations(5).warmup(0);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Tailgate.measure("throwing", options, () -> {
                    throw new IOException("as thrown");
                }))
                .withMessage("as thrown");
    }

    @Test
    void runsOnceWhenOff() throws Exception {
        System.setProperty("tailgate.mode", "off");
        AtomicInteger calls = new AtomicInteger();

        TailgateResult result = Tailgate.measure("off", Tailgate.pinnedNuma(), calls::incrementAndGet);

        assertThat(calls).hasValue(1);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.text()).contains("tailgate.mode is off");
    }

    @Test
    void leavesNoReportOfAnEarlierMeasurementBehindAConfigurationError() throws Exception {
        Tailgate options = Tailgate.unpinned().iterations(5).warmup(0);
        Path page = Path.of(Tailgate.measure("again", options, () -> {}).page());
        assertThat(page).exists();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tailgate.measure("again", options.iterations(-1), () -> {}));
        assertThat(page).doesNotExist();
    }

    @ExtendWith(OnFakeMachine.class)
    static class FieldTestCase {

        @RegisterExtension
        static final Tailgate TAILGATE = Tailgate.pinnedNuma()
                .node(0)
                .cpus("2-3")
                .memory(MemoryPolicy.BIND)
                .numaBalancing(NumaBalancing.SHIELDED)
                .maxTailLatency(TailBound.percentile(90)
                        .atMost("100 s")
                        .timesMedian(1e9)
                        .burst(1))
                .iterations(60)
                .warmup(2);

        @Test
        void body(CpuSet cpus) {
            CALLS.add(cpus);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class AnnotatedTestCase {

        @RegisterExtension
        static final Tailgate TAILGATE =
                Tailgate.pinnedNuma().cpus("2-3").iterations(50).warmup(2);

        @Test
        @PinnedNuma(cpus = "4")
        @Sampling(iterations = 10, warmup = 1)
        void body(CpuSet cpus) {
            CALLS.add(cpus);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class InstanceFieldTestCase {

        @RegisterExtension
        final Tailgate tailgate = Tailgate.unpinned()
                .iterations(20)
                .warmup(0)
                .atMost("30 s")
                .threads(1)
                .rate("");

        @Test
        void body(Stopwatch stopwatch) {
            stopwatch.start();
            CALLS.add("body");
            stopwatch.stop();
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class WrongFieldTestCase {

        @RegisterExtension
        static final Tailgate TAILGATE = Tailgate.pinnedNuma()
                .cpuCount(1)
                .maxTailLatency(TailBound.percentile(101).timesMean(3));

        @Test
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class TwoFieldsTestCase {

        @RegisterExtension
        static final Tailgate loose = Tailgate.unpinned().iterations(20).warmup(0);

        @RegisterExtension
        static final Tailgate tight = Tailgate.unpinned().iterations(30).warmup(0);

        @Test
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class MixedFieldsTestCase {

        @RegisterExtension
        static final Tailgate loose = Tailgate.unpinned().iterations(20).warmup(0);

        @RegisterExtension
        final Tailgate tight = Tailgate.unpinned().iterations(30).warmup(0);

        @Test
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class FieldAboveTestCase {

        @RegisterExtension
        static final Tailgate loose = Tailgate.unpinned().iterations(20).warmup(0);
    }

    static class SecondFieldBelowTestCase extends FieldAboveTestCase {

        @RegisterExtension
        static final Tailgate tight = Tailgate.unpinned().iterations(30).warmup(0);

        @Test
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class AroundTestCase {

        @RegisterExtension
        static final Tailgate around = Tailgate.unpinned().iterations(20).warmup(0);

        @Nested
        class InnerTestCase {

            @RegisterExtension
            final Tailgate inner = Tailgate.unpinned().iterations(7).warmup(0);

            @Test
            void body() {
                CALLS.add("body");
            }
        }
    }
}
