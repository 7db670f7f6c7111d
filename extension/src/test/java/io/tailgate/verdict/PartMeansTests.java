/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PartMeansTests {

    private static final double[] PARTS = {1, 2, 3, 6};

    @Test
    void theMeanIsThatOfTheParts() {
        assertThat(PartMeans.mean(PARTS)).isEqualTo(3);
    }

    @Test
    void theVarianceDividesByOneLessThanTheNumberOfParts() {
        assertThat(PartMeans.variance(PARTS)).isCloseTo((4 + 1 + 0 + 9) / 3.0, within(1e-15));
        assertThat(PartMeans.variance(new double[] {7, 7, 7})).isZero();
    }
}
