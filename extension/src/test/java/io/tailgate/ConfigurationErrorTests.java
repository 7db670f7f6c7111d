/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be is refused by name, before the machine is changed and before the body runs. */
class ConfigurationErrorTests {

    private static boolean ran;

    @BeforeEach
    void startAfresh() {
        ran = false;
        OnFakeMachine.machine = new FakeMachine();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(UnknownCpuTestCase.class, "@PinnedNuma", "99"),
                Arguments.of(UnreadableListTestCase.class, "@PinnedNuma", "\"two\""),
                Arguments.of(UnknownNodeTestCase.class, "@PinnedNuma", "7"),
                Arguments.of(NegativeNodeTestCase.class, "@PinnedNuma", "node = -2"),
                Arguments.of(TooManyCpusTestCase.class, "@PinnedNuma", "50"),
                Arguments.of(NegativeCountTestCase.class, "@PinnedNuma", "cpuCount = -1"),
                Arguments.of(Percentile0TestCase.class, "@MaxTailLatency", "percentile = 0.0"),
                Arguments.of(Percentile101TestCase.class, "@MaxTailLatency", "percentile = 101.0"),
                Arguments.of(NoLimitTestCase.class, "@MaxTailLatency", "no limit is given"),
                Arguments.of(SecondBoundWithoutLimitTestCase.class, "@MaxTailLatency", "no limit is given"),
                Arguments.of(UnreadableLimitTestCase.class, "@MaxTailLatency", "atMost = \"soon\" is not a time"),
                Arguments.of(TooFewIterationsTestCase.class, "@Sampling", "iterations = 100 are too few to pass p99"),
                Arguments.of(UnreadableRateTestCase.class, "@Sampling", "rate = \"often\" is not a rate"),
                Arguments.of(UnpinnedThreadsTestCase.class, "@Sampling", "threads = 2 needs a CPU for each"),
                Arguments.of(MoreThreadsThanCpusTestCase.class, "@Sampling", "allots 1"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesBeforeAnythingIsChanged(Class<?> testCase, String annotation, String what) {
        assertThat(Engine.thrown(Engine.run(testCase)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith(
                        annotation + " on [void ConfigurationErrorTests$" + testCase.getSimpleName() + ".body()]: ")
                .hasMessageContaining(what);
        assertThat(OnFakeMachine.machine.log()).isEmpty();
        assertThat(ran).isFalse();
    }

    @Test
    void namesTheIterationsThatWouldDo() {
        assertThat(Engine.thrown(Engine.run(TooFewIterationsTestCase.class)))
                .hasMessageContaining("measure 1382 or more");
    }

    @Test
    void namesTheKeyThatSetTooFewIterations() {
        assertThat(Engine.thrown(Engine.run(DefaultsTestCase.class, "tailgate.sampling.iterations", "2")))
                .hasMessageContaining("]: tailgate.sampling.iterations = 2 are too few to pass p90");
    }

    @ParameterizedTest
    @CsvSource({
        "tailgate.mode, sometimes, 'allowed are enforce, report, off'",
        "tailgate.strict, maybe, 'allowed are true, false'",
        "tailgate.inconclusive, skip, 'allowed are abort, fail, pass'",
        "tailgate.sla.scale, -1, it is above 0",
        "tailgate.sampling.warmup, x, is not a whole number",
        "tailgate.sampling.iterations, -3, it is between 0 and",
        "tailgate.sampling.at-most, soon, is not a time",
        "tailgate.output.dir, ' ', is blank"
    })
    void refusesAValueThatAKeyDoesNotAllow(String key, String value, String allowed) {
        assertThat(Engine.thrown(Engine.run(DefaultsTestCase.class, key, value)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("@")
                .hasMessageContaining(" on [void ConfigurationErrorTests$DefaultsTestCase.body()]: " + key)
                .hasMessageContaining(allowed);
        assertThat(OnFakeMachine.machine.log()).isEmpty();
        assertThat(ran).isFalse();
    }

    @ExtendWith(OnFakeMachine.class)
    private abstract static class RefusedTestCase {
        final void run() {
            ran = true;
        }
    }

    static class UnknownCpuTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(cpus = "99")
        void body() {
            run();
        }
    }

    static class UnreadableListTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(cpus = "two")
        void body() {
            run();
        }
    }

    static class UnknownNodeTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(node = 7)
        void body() {
            run();
        }
    }

    static class NegativeNodeTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(node = -2)
        void body() {
            run();
        }
    }

    static class TooManyCpusTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(cpuCount = 50)
        void body() {
            run();
        }
    }

    static class NegativeCountTestCase extends RefusedTestCase {
        @Test
        @PinnedNuma(cpuCount = -1)
        void body() {
            run();
        }
    }

    static class Percentile0TestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 0, timesMedian = 3)
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class Percentile101TestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 101, timesMedian = 3)
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class NoLimitTestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 99)
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class SecondBoundWithoutLimitTestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 90, timesMedian = 3)
        @MaxTailLatency(percentile = 99)
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class UnreadableLimitTestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 99, atMost = "soon")
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class TooFewIterationsTestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 99, atMost = "1 s")
        @Sampling(iterations = 100, warmup = 0)
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class UnreadableRateTestCase extends RefusedTestCase {
        @Test
        @Sampling(iterations = 100, rate = "often")
        @PinnedNuma
        void body() {
            run();
        }
    }

    static class UnpinnedThreadsTestCase extends RefusedTestCase {
        @Test
        @Sampling(iterations = 100, threads = 2)
        void body() {
            run();
        }
    }

    static class MoreThreadsThanCpusTestCase extends RefusedTestCase {
        @Test
        @Sampling(iterations = 100, threads = 2)
        @PinnedNuma(cpuCount = 1)
        void body() {
            run();
        }
    }

    static class DefaultsTestCase extends RefusedTestCase {
        @Test
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        @PinnedNuma
        void body() {
            run();
        }
    }
}
