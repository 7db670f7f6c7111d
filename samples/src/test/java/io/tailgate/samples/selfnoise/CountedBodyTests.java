/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CountedBodyTests {

    private static final int RUNS = 3 * CountedBody.BLOCK;

    private final CountedBody body = new CountedBody(0, RUNS);

    @Test
    void costIsThatOfTheBlocksBetweenTheReadingsOfTheClock() {
        long begin = System.nanoTime();
        run(RUNS);
        double all = System.nanoTime() - begin;
        assertThat(body.costNs()).isPositive().isLessThan(all / CountedBody.BLOCK);
    }

    @Test
    void whatComesAfterTheRunsIsLeftOut() throws InterruptedException {
        run(RUNS);
        double cost = body.costNs();
        Thread.sleep(20);
        run(RUNS);
        assertThat(body.costNs()).isEqualTo(cost);
    }

    @Test
    void aHarnessThatRanItTooSeldomIsFoundOut() {
        run(RUNS - 1);
        assertThatIllegalStateException()
                .isThrownBy(body::costNs)
                .withMessage("wanted 3 blocks of 1000 runs of the body, the harness made 2");
    }

    @Test
    void warmUpIsLeftOut() {
        CountedBody late = new CountedBody(RUNS, RUNS);
        for (int run = 0; run < 2 * RUNS - 1; run++) {
            late.run();
        }
        assertThatIllegalStateException().isThrownBy(late::costNs);
        late.run();
        assertThat(late.costNs()).isPositive();
    }

    private void run(int runs) {
        for (int run = 0; run < runs; run++) {
            body.run();
        }
    }
}
