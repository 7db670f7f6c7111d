/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimingProgressTests {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private long nowMs;
    private final TimingProgress progress =
            new TimingProgress(new PrintStream(said, true, StandardCharsets.UTF_8), () -> nowMs);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void step(int done, long atMs) {
        nowMs = atMs;
        progress.done(done);
    }

    @Test
    void saysNothingOfWhatTakesLessThanTwoSeconds() {
        progress.begin("timing", 3);
        step(1, 600);
        step(2, 1_200);
        step(3, 1_999);
        assertThat(said()).isEmpty();
    }

    @Test
    void saysEveryTwoSecondsWhatIsLeft() {
        progress.begin("timing", 10);
        step(2, 2_500);
        step(3, 3_900);
        step(4, 4_600);
        assertThat(said()).isEqualToNormalizingNewlines("""
                        time-network: timing, 2 of 10, 10 s left
                        time-network: timing, 4 of 10, 7 s left
                        """);
    }

    @Test
    void speaksWhileWorkGoesOnAndNotAfterwards() {
        CountDownLatch spoken = new CountDownLatch(1);
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String text) {
                super.println(text);
                spoken.countDown();
            }
        };
        String result = new TimingProgress(stream, () -> nowMs).during("building", () -> {
            awaitQuietly(spoken);
            return "built";
        });
        assertThat(result).isEqualTo("built");
        assertThat(said()).startsWith("time-network: building, ");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("time-network progress");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
