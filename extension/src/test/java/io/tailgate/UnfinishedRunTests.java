/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that ends without a verdict has a row in the overview: a gap would look like a pass. */
class UnfinishedRunTests {

    private static volatile boolean failing;
    private static volatile CountDownLatch late = new CountDownLatch(1);
    private static volatile CompletableFuture<Thread> running = new CompletableFuture<>();

    @TempDir
    private Path output;

    @BeforeEach
    void startAfresh() {
        OnFakeMachine.machine = new FakeMachine();
        failing = true;
        late = new CountDownLatch(1);
        running = new CompletableFuture<>();
    }

    private void run(Class<?> testCase, String... more) {
        String[] parameters = Stream.concat(Stream.of("tailgate.output.dir", output.toString()), Stream.of(more))
                .toArray(String[]::new);
        Engine.run(testCase, parameters);
    }

    private String summary() throws IOException {
        return Files.readString(output.resolve("summary.md"));
    }

    private Path file(Class<?> testCase, String name) {
        return output.resolve(testCase.getName()).resolve(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ThrowingTestCase, java.io.IOException: as thrown",
        "FieldTestCase, java.lang.IllegalStateException: of a field",
        "BothTestCase, java.lang.IllegalStateException: of both",
        "AssumingTestCase, org.opentest4j.TestAbortedException: Assumption failed: not here",
        "ConstructorTestCase, java.lang.IllegalStateException: no instance",
        "UnpreparedTestCase, java.lang.IllegalStateException: unprepared",
        "RefusedTestCase, 'org.junit.jupiter.api.extension.ExtensionConfigurationException: @PinnedNuma on '",
        "DynamicTestCase, java.lang.IllegalStateException: dynamic",
        "FactoryTestCase, java.lang.IllegalStateException: factory",
        "TimeoutTestCase, java.util.concurrent.TimeoutException: body() timed out after 200 milliseconds"
    })
    void haveARowThatSaysWhy(String testCase, String why) throws Exception {
        run(Class.forName(getClass().getName() + "$" + testCase));

        assertThat(summary())
                .startsWith("### Tail latency: 1 did not finish\n")
                .contains("**did not finish**")
                .contains(why);
        assertThat(Files.readString(output.resolve("index.html"))).contains("did not finish");
    }

    @Test
    void haveNoVerdictOfTheirOwnNorOfAnEarlierRun() throws IOException {
        failing = false;
        run(ConstructorTestCase.class);
        assertThat(summary()).startsWith("### Tail latency: 1 PASS\n");

        failing = true;
        run(ConstructorTestCase.class);
        assertThat(summary()).startsWith("### Tail latency: 1 did not finish\n");
        assertThat(file(ConstructorTestCase.class, "body.json")).doesNotExist();
        assertThat(file(ConstructorTestCase.class, "body.html")).doesNotExist();
        assertThat(file(ConstructorTestCase.class, "body.unfinished.json"))
                .content()
                .doesNotContain("verdict");
    }

    @Test
    void areForgottenWhenTheyFinish() throws IOException {
        run(ConstructorTestCase.class);
        failing = false;
        run(ConstructorTestCase.class);

        assertThat(summary()).startsWith("### Tail latency: 1 PASS\n");
        assertThat(file(ConstructorTestCase.class, "body.unfinished.json")).doesNotExist();
    }

    @Test
    void haveARowWhereAKeyHasNoAllowedValue() throws IOException {
        run(DefaultsTestCase.class, "tailgate.mode", "sometimes");

        assertThat(summary()).contains("1 did not finish", "allowed are enforce, report, off");
    }

    @Test
    void haveNoRowWhereNothingWasToBeMeasured() {
        run(ThrowingTestCase.class, "tailgate.mode", "off");
        run(SkippedTestCase.class);

        assertThat(output).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(classes = {EndingTests.SlowTestCase.class, AfterwardsTestCase.class})
    void areNotThoseThatFailedWithAVerdict(Class<?> testCase) throws IOException {
        run(testCase);

        assertThat(summary()).doesNotContain("did not finish");
        assertThat(file(testCase, "body.json")).exists();
    }

    @Test
    void stayUnfinishedWhereTheVerdictComesAfterTheTimeout() throws Exception {
        run(LateTestCase.class);
        String atTheTimeout = summary();
        late.countDown();
        Thread thread = running.get(60, TimeUnit.SECONDS);
        thread.join(60_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(atTheTimeout).startsWith("### Tail latency: 1 did not finish\n");
        assertThat(summary()).isEqualTo(atTheTimeout);
    }

    @ExtendWith(OnFakeMachine.class)
    static class ThrowingTestCase {
        @Test
        @PinnedNuma
        void body() throws IOException {
            throw new IOException("as thrown\nand more");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class FieldTestCase {
        @RegisterExtension
        final Tailgate tailgate = Tailgate.pinnedNuma();

        @Test
        void body() {
            throw new IllegalStateException("of a field");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class BothTestCase {
        @RegisterExtension
        static final Tailgate TAILGATE = Tailgate.pinnedNuma();

        @Test
        @Sampling(iterations = 10, warmup = 0)
        void body() {
            throw new IllegalStateException("of both");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class AssumingTestCase {
        @Test
        @PinnedNuma
        void body() {
            Assumptions.assumeFalse(failing, "not here");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ConstructorTestCase {
        ConstructorTestCase() {
            if (failing) {
                throw new IllegalStateException("no instance");
            }
        }

        @Test
        @PinnedNuma
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        @Sampling(iterations = 50, warmup = 1)
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class UnpreparedTestCase {
        @BeforeEach
        void prepare() {
            throw new IllegalStateException("unprepared");
        }

        @Test
        @PinnedNuma
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class RefusedTestCase {
        @Test
        @PinnedNuma(cpus = "99")
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class DefaultsTestCase {
        @Test
        @PinnedNuma
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class DynamicTestCase {
        @TestFactory
        @PinnedNuma
        Stream<DynamicTest> factory() {
            return Stream.of(DynamicTest.dynamicTest("first", () -> {
                throw new IllegalStateException("dynamic");
            }));
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class FactoryTestCase {
        @TestFactory
        @PinnedNuma
        Stream<DynamicTest> factory() {
            throw new IllegalStateException("factory");
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class TimeoutTestCase {
        @Test
        @PinnedNuma
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void body() throws InterruptedException {
            Thread.sleep(10_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class SkippedTestCase {
        @Test
        @Disabled("of this test")
        @PinnedNuma
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class AfterwardsTestCase {
        @Test
        @PinnedNuma
        void body() {}

        @AfterEach
        void cleanUp() {
            throw new IllegalStateException("not clean");
        }
    }

    /** Takes no notice of its interrupt, so that it is measured to the end when JUnit has long gone on. */
    @ExtendWith(OnFakeMachine.class)
    static class LateTestCase {

        @Test
        @PinnedNuma
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void body() {
            running.complete(Thread.currentThread());
            boolean waiting = true;
            while (waiting) {
                try {
                    waiting = !late.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    waiting = true;
                }
            }
        }
    }
}
