/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tailgate.machine.FakeMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** FAILs that a real JVM of its own has to confirm; the fixtures tell by a property whether they are in the first one. */
@Timeout(600)
class ConfirmationTests {

    private static final String FIRST = "tailgate.test.first";
    private static final String TRACES = "tailgate.test.traces";

    @TempDir
    Path folder;

    @BeforeEach
    void tellTheFixtures() {
        OnFakeMachine.machine = new FakeMachine();
        System.setProperty(FIRST, Long.toString(ProcessHandle.current().pid()));
        System.setProperty(TRACES, folder.toString());
    }

    @AfterEach
    void clearProperties() {
        System.clearProperty(FIRST);
        System.clearProperty(TRACES);
    }

    @Test
    void aFailOfTheFirstProcessAloneIsInconclusiveAndNamesBoth() throws IOException {
        Throwable end = end(SlowInTheFirstTestCase.class);

        assertThat(end)
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("50 of 50")
                .hasMessageContaining("a second run in a fresh process was to confirm that and is PASS")
                .hasMessageContaining("was not confirmed by a second one in a fresh process");
        assertThat(traces()).as("only the invocation that failed runs again").containsExactly("2");
        assertThat(report(SlowInTheFirstTestCase.class, "body-2.json"))
                .contains("FRESH_PROCESS", "\"missing\": null", "body-2.fresh/");
        Path second = folder.resolve(SlowInTheFirstTestCase.class.getName())
                .resolve("body-2.fresh/" + SlowInTheFirstTestCase.class.getName() + "/body-2.html");
        assertThat(second).exists();
        assertThat(folder.resolve("index.html")).content().doesNotContain("body-2.fresh");
    }

    @Test
    void aFailOfBothProcessesIsOneAlsoOfARepetitionInANestedClass() throws IOException {
        Throwable end = end(AroundTestCase.class);

        assertThat(end)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("a second run in a fresh process confirmed the FAIL");
        assertThat(traces()).hasSize(1);
    }

    /** If the first process kept its CPU, the second one would wait for it and end without a verdict. */
    @Test
    void theFreshProcessHasTheCpuThatTheFirstOneReserved() throws IOException {
        end(PinnedTestCase.class, "tailgate.cpus.wait", "60 s");

        String report = report(PinnedTestCase.class, "body.json");
        assumeThat(report).as("nobody changed the host").contains("\"disturbance\": null");
        assertThat(report).contains("FRESH_PROCESS", "\"missing\": null");
    }

    @Test
    void aFailStandsWhereTheFreshRunComesToNoVerdict() throws IOException {
        Throwable end = end(ThrowingInTheSecondTestCase.class);

        assertThat(end)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("came to no verdict, so the FAIL stands on one run")
                .hasMessageContaining("java.lang.IllegalStateException: the port is taken");
        assertThat(report(ThrowingInTheSecondTestCase.class, "body.json")).contains("the port is taken");
    }

    @Test
    void aFailStandsWhereNoOtherProcessCanRunIt() throws Exception {
        System.setProperty("tailgate.confirm", "fresh");
        System.setProperty("tailgate.output.dir", folder.toString());
        try {
            Tailgate options = Tailgate.unpinned()
                    .iterations(50)
                    .warmup(0)
                    .maxTailLatency(TailBound.percentile(50)
                            .atMost("1 ns")
                            .confidence(0.9)
                            .burst(1));

            TailgateResult result = Tailgate.measure("direct", options, () -> Work.spin(1_000));

            assertThat(result.verdict()).isEqualTo(TailgateResult.Verdict.FAIL);
            assertThat(result.text()).contains("stands on one run", "tailgate.confirm=rerun");
        } finally {
            System.clearProperty("tailgate.confirm");
            System.clearProperty("tailgate.output.dir");
        }
    }

    @ParameterizedTest
    @MethodSource
    void aFailStandsWhereTheRerunThrows(Supplier<Throwable> thrown) throws IOException {
        ThrowingFromThe51stTestCase.thrown = thrown;

        Throwable end = end(ThrowingFromThe51stTestCase.class, "tailgate.confirm", "rerun");

        assertThat(end)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("a run in the same process was to confirm the FAIL and came to no verdict")
                .hasMessageContaining(thrown.get().toString());
        assertThat(report(ThrowingFromThe51stTestCase.class, "body.json"))
                .contains("SAME_PROCESS", "the pool is closed");
    }

    static List<Supplier<Throwable>> aFailStandsWhereTheRerunThrows() {
        String why = "the pool is closed";
        return List.of(
                () -> new IllegalStateException(why),
                () -> new TestAbortedException(why),
                () -> new AssertionError(why));
    }

    /** Returns what the only test of {@code testCase} that did not succeed ended with. */
    private Throwable end(Class<?> testCase, String... parameters) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameter("tailgate.confirm", "fresh")
                .configurationParameter("tailgate.output.dir", folder.toString());
        for (int i = 0; i < parameters.length; i += 2) {
            builder.configurationParameter(parameters[i], parameters[i + 1]);
        }
        return Engine.thrown(builder.execute().testEvents());
    }

    private String report(Class<?> testCase, String name) throws IOException {
        return Files.readString(folder.resolve(testCase.getName()).resolve(name));
    }

    /** Returns what ran in another process. */
    private List<String> traces() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("trace-"))
                    .map(name -> name.substring("trace-".length()))
                    .toList();
        }
    }

    private static boolean isFirst() {
        return Long.getLong(FIRST) == ProcessHandle.current().pid();
    }

    private static void trace(String what) throws IOException {
        Path trace = Path.of(System.getProperty(TRACES), "trace-" + what);
        if (!isFirst() && !Files.exists(trace)) {
            Files.createFile(trace);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    @MaxTailLatency(percentile = 50, atMost = "20 ms", confidence = 0.9, burst = 1)
    @Sampling(iterations = 50, warmup = 1)
    static class SlowInTheFirstTestCase {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void body(int argument) throws Exception {
            trace(Integer.toString(argument));
            Thread.sleep(isFirst() && argument == 2 ? 80 : 0);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class AroundTestCase {

        @Nested
        class InnerTestCase {

            private int repetition;

            @BeforeEach
            void number(RepetitionInfo info) {
                repetition = info.getCurrentRepetition();
            }

            @RepeatedTest(2)
            @MaxTailLatency(percentile = 50, atMost = "1 ms", confidence = 0.9, burst = 1)
            @Sampling(iterations = 50, warmup = 1)
            void body() throws Exception {
                trace(Integer.toString(repetition));
                TimeUnit.MILLISECONDS.sleep(repetition == 2 ? 21 : 0);
            }
        }
    }

    static class PinnedTestCase {

        @Test
        @PinnedNuma(cpuCount = 1, memory = MemoryPolicy.UNCHANGED, numaBalancing = NumaBalancing.UNCHANGED)
        @MaxTailLatency(percentile = 50, atMost = "1 ns", confidence = 0.9, burst = 1)
        @Sampling(iterations = 50, warmup = 1)
        void body() {
            Work.spin(1_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ThrowingInTheSecondTestCase {

        @BeforeEach
        void listen() {
            if (!isFirst()) {
                throw new IllegalStateException("the port is taken");
            }
        }

        @Test
        @MaxTailLatency(percentile = 50, atMost = "1 ns", confidence = 0.9, burst = 1)
        @Sampling(iterations = 50, warmup = 1)
        void body() {
            Work.spin(1_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ThrowingFromThe51stTestCase {

        static Supplier<Throwable> thrown = IllegalStateException::new;
        private int runs;

        @Test
        @MaxTailLatency(percentile = 50, atMost = "1 ns", confidence = 0.9, burst = 1)
        @Sampling(iterations = 50, warmup = 0)
        void body() throws Throwable {
            Work.spin(1_000);
            if (++runs > 50) {
                throw thrown.get();
            }
        }
    }
}
