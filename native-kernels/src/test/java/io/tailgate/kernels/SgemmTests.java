/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SgemmTests {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 5, 3", "64, 64, 64", "97, 130, 200"})
    void multiplies(int m, int n, int k) {
        try (Sgemm sgemm = Sgemm.builder().m(m).n(n).k(k).build()) {
            sgemm.run();
            assertThat(sgemm.c()).containsExactly(product(sgemm.a(), sgemm.b(), m, n, k), within(1e-4f));
        }
    }

    private static float[] product(float[] a, float[] b, int m, int n, int k) {
        float[] c = new float[m * n];
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += (double) a[row * k + i] * b[i * n + column];
                }
                c[row * n + column] = (float) sum;
            }
        }
        return c;
    }

    @Test
    void refusesSizesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sgemm.builder().m(0).build())
                .withMessage("m must be 1 to 65536, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sgemm.builder().m(65_536).n(65_536).k(1).build())
                .withMessageContaining("elements of C");
    }

    @Test
    void isOfNoUseWhenClosed() {
        Sgemm sgemm = Sgemm.builder().m(4).n(4).k(4).build();
        sgemm.close();
        sgemm.close();
        assertThatIllegalStateException().isThrownBy(sgemm::run).withMessage("this sgemm is closed; build a new one");
    }

    @Test
    void countsItsOperations() {
        try (Sgemm sgemm = Sgemm.builder().m(2).n(3).k(5).build()) {
            assertThat(sgemm.flops()).isEqualTo(60);
        }
    }
}
