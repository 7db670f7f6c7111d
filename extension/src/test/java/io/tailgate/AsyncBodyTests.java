/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncBodyTests {

    private final ExecutorService elsewhere = Executors.newFixedThreadPool(2);

    @BeforeEach
    void writeElsewhere() {
        System.setProperty("tailgate.output.dir", Engine.OUTPUT.toString());
    }

    @AfterEach
    void endThreads() {
        System.clearProperty("tailgate.output.dir");
        elsewhere.shutdownNow();
    }

    @Test
    void endsWhenTheStageCompletesAndNotWhenTheCallerGoesOn() throws Throwable {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        AsyncBody body = new AsyncBody(() -> done);
        body.run();
        long completed = System.nanoTime();

        assertThat(body.endedNs(completed + 1_000_000_000)).isLessThanOrEqualTo(completed);
    }

    @Test
    void measuresUntilCompletionOnAnotherThread() throws Exception {
        AtomicLong calls = new AtomicLong();
        TailgateResult result = Tailgate.measureAsync(
                "completed",
                Tailgate.unpinned()
                        .iterations(20)
                        .warmup(2)
                        .maxTailLatency(TailBound.percentile(50)
                                .atMost("2 ms")
                                .confidence(0.9)
                                .burst(1)),
                () -> CompletableFuture.runAsync(
                        () -> {
                            calls.incrementAndGet();
                            Work.spin(5_000_000);
                        },
                        elsewhere));

        assertThat(calls).hasValue(22);
        assertThat(result.iterations()).isEqualTo(20);
        assertThat(result.verdict()).isEqualTo(TailgateResult.Verdict.FAIL); // none is shorter than 5 ms
    }

    @Test
    void endsWithTheExceptionOfAStage() {
        Tailgate options = Tailgate.unpinned().iterations(5).warmup(0);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Tailgate.measureAsync(
                        "failed", options, () -> CompletableFuture.failedFuture(new IOException("refused"))))
                .withMessage("refused");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Tailgate.measureAsync(
                        "wrapped",
                        options,
                        () -> CompletableFuture.failedFuture(new IOException("refused"))
                                .thenRun(() -> {})))
                .withMessage("refused");
    }

    @Test
    @SuppressWarnings("NullAway") // callers need not be checked for null
    void refusesABodyWithoutAStage() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AsyncBody(() -> null).run())
                .withMessageContaining("returned null where a CompletionStage was wanted");
    }

    @Test
    void letsAnInterruptEndAWaitForAStageThatNeverCompletes() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new AsyncBody(CompletableFuture::new).run());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void keepsTheEndsOfSeveralCallersApart() throws Throwable {
        AsyncBody body = new AsyncBody(() -> CompletableFuture.completedFuture(null));
        body.run();
        long mine = body.endedNs(0);
        List<Long> others = new ArrayList<>();
        Thread other = new Thread(() -> {
            try {
                body.run();
                others.add(body.endedNs(0));
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        other.join();

        assertThat(others).hasSize(1).doesNotContain(mine);
        assertThat(body.endedNs(0)).isEqualTo(mine);
    }
}
