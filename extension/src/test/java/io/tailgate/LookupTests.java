/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.lang.annotation.RetentionPolicy.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Which annotation and which configuration a test goes by. */
class LookupTests {

    private static final List<String> CALLS = new ArrayList<>();

    @BeforeEach
    void startAfresh() {
        CALLS.clear();
        OnFakeMachine.machine = new FakeMachine();
    }

    @AfterEach
    void clearOverrides() {
        System.clearProperty("tailgate.sampling.iterations");
        System.clearProperty("tailgate.mode");
    }

    @Test
    void prefersTheMethodToTheClassAndTheClassToWhatIsAroundIt() {
        Engine.succeeds(4, ClassTestCase.class);

        assertThat(CALLS).filteredOn("of class"::equals).hasSize(10 + 1);
        assertThat(CALLS).filteredOn("of method"::equals).hasSize(20 + 2);
        assertThat(CALLS).filteredOn("around nested"::equals).hasSize(10 + 1);
        assertThat(CALLS).filteredOn("of nested"::equals).hasSize(30 + 3);
    }

    @Test
    void inheritsFromTheSuperclass() {
        Engine.succeeds(1, InheritingTestCase.class);

        assertThat(CALLS).hasSize(10 + 1);
    }

    @Test
    void findsWhatAComposedAnnotationCarries() {
        Engine.run(ComposedTestCase.class)
                .assertStatistics(stats -> stats.succeeded(1).failed(1));

        assertThat(CALLS).hasSize(2 * (50 + 2));
        assertThat(OnFakeMachine.machine.log()).isNotEmpty();
    }

    @Test
    void replacesAllBoundsOfTheClassByThoseOfTheMethod() {
        Engine.run(BoundsTestCase.class)
                .assertStatistics(stats -> stats.succeeded(2).failed(1));
    }

    @Test
    void replacesBoundsOfASuperclassToo() {
        Engine.succeeds(1, LaxerTestCase.class);
        Engine.succeeds(1, RepeatingTestCase.class);
    }

    @Test
    void keepsReportsOfOverloadsApartWhoseTypesHaveOneSimpleName() throws IOException {
        Engine.succeeds(2, AlikeTestCase.class);

        Path folder = Engine.OUTPUT.resolve(AlikeTestCase.class.getName());
        try (Stream<Path> reports = Files.list(folder)) {
            assertThat(reports.filter(file -> file.toString().endsWith(".json")))
                    .hasSize(2);
        }
    }

    @Test
    void letsASystemPropertyBeatTheAnnotation() {
        System.setProperty("tailgate.sampling.iterations", "5");

        Engine.run(InheritingTestCase.class, "tailgate.sampling.iterations", "7");

        assertThat(CALLS).hasSize(5 + 1);
    }

    @Test
    void letsTheAnnotationBeatConfiguration() {
        Engine.run(InheritingTestCase.class, "tailgate.sampling.iterations", "7");

        assertThat(CALLS).hasSize(10 + 1);
    }

    @Test
    void completesTheAnnotationByConfiguration() {
        Engine.run(OpenEndedTestCase.class, "tailgate.sampling.iterations", "7", "tailgate.sampling.warmup", "2");

        assertThat(CALLS).hasSize(7 + 2);
    }

    @Test
    void letsASystemPropertyBeatAConfigurationParameter() {
        System.setProperty("tailgate.mode", "off");

        Engine.run(InheritingTestCase.class, "tailgate.mode", "enforce");

        assertThat(CALLS).hasSize(1);
    }

    @Sampling(iterations = 10, warmup = 1)
    @ExtendWith(OnFakeMachine.class)
    static class ClassTestCase {

        @Test
        void goesByTheClass() {
            CALLS.add("of class");
        }

        @Test
        @Sampling(iterations = 20, warmup = 2)
        void goesByTheMethod() {
            CALLS.add("of method");
        }

        @Nested
        class AroundTestCase {
            @Test
            void goesByWhatIsAroundIt() {
                CALLS.add("around nested");
            }
        }

        @Nested
        @Sampling(iterations = 30, warmup = 3)
        class NestedTestCase {
            @Test
            void goesByTheNestedClass() {
                CALLS.add("of nested");
            }
        }
    }

    @Sampling(iterations = 10, warmup = 1)
    @ExtendWith(OnFakeMachine.class)
    abstract static class BaseTestCase {}

    static class InheritingTestCase extends BaseTestCase {
        @Test
        void body() {
            CALLS.add("body");
        }
    }

    @Retention(RUNTIME)
    @PinnedNuma
    @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
    @MaxTailLatency(percentile = 50, atMost = "100 s", burst = 1)
    @Sampling(iterations = 50, warmup = 2)
    @interface QuickSla {}

    @Retention(RUNTIME)
    @MaxTailLatency(percentile = 90, atMost = "1 ns", burst = 1)
    @Sampling(iterations = 50, warmup = 2)
    @interface ImpossibleSla {}

    @ExtendWith(OnFakeMachine.class)
    static class ComposedTestCase {
        @Test
        @QuickSla
        void meetsIt() {
            CALLS.add("body");
        }

        @Test
        @ImpossibleSla
        void cannotMeetIt() {
            CALLS.add("body");
            Work.spin(1_000);
        }
    }

    @MaxTailLatency(percentile = 90, atMost = "1 ns", burst = 1)
    @MaxTailLatency(percentile = 80, atMost = "1 ns", burst = 1)
    @Sampling(iterations = 50, warmup = 1)
    @ExtendWith(OnFakeMachine.class)
    static class BoundsTestCase {

        @Test
        void cannotMeetTheBoundsOfTheClass() {
            Work.spin(1_000);
        }

        @Test
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        void meetsItsOwn() {
            Work.spin(1_000);
        }

        @Test
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        @MaxTailLatency(percentile = 80, atMost = "50 s", burst = 1)
        void meetsBothOfItsOwn() {
            Work.spin(1_000);
        }
    }

    @MaxTailLatency(percentile = 90, atMost = "1 ns", burst = 1)
    @Sampling(iterations = 50, warmup = 1)
    @ExtendWith(OnFakeMachine.class)
    abstract static class StrictTestCase {}

    @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
    static class LaxerTestCase extends StrictTestCase {
        @Test
        void body() {
            Work.spin(1_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class OpenEndedTestCase {
        @Test
        @Sampling
        void body() {
            CALLS.add("body");
        }
    }

    @MaxTailLatency(percentile = 90, atMost = "1 ns", burst = 1)
    @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
    @Sampling(iterations = 50, warmup = 2)
    @ExtendWith(OnFakeMachine.class)
    static class TwoBoundsTestCase {}

    @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
    static class RepeatingTestCase extends TwoBoundsTestCase {
        @Test
        void body() {
            Work.spin(1_000);
        }
    }

    static class One {
        record Key() {}
    }

    static class Other {
        record Key() {}
    }

    @Sampling(iterations = 5, warmup = 0)
    @ExtendWith({OnFakeMachine.class, Keys.class})
    static class AlikeTestCase {
        @Test
        void body(One.Key key) {}

        @Test
        void body(Other.Key key) {}
    }

    static class Keys implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().getSimpleName().equals("Key");
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == One.Key.class ? new One.Key() : new Other.Key();
        }
    }
}
