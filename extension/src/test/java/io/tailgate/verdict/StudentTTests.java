/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTests {

    /** From the usual tables: degrees of freedom 1, 2, 4, 5, 9, 10 and 19; parts of a run are 10 or 20. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 2, 6.314", "0.025, 2, 12.706", "0.005, 2, 63.657", "0.0005, 2, 636.619",
        "0.05, 3, 2.920", "0.025, 3, 4.303", "0.005, 3, 9.925", "0.0005, 3, 31.599",
        "0.05, 5, 2.132", "0.025, 6, 2.571", "0.025, 10, 2.262", "0.005, 10, 3.250",
        "0.05, 11, 1.812", "0.025, 20, 2.093", "0.005, 20, 2.861", "0.0005, 20, 3.883"
    })
    void agreesWithTheTablesForFewParts(double error, long n, double t) {
        assertThat(StudentT.above(error, n)).isCloseTo(t, within(6e-4)); // of which they have three digits
    }

    /** From the usual tables: degrees of freedom 29, 60, 120 and, for the last rows, the normal distribution. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 30, 1.699127", "0.025, 30, 2.045230", "0.005, 30, 2.756386", "0.0005, 30, 3.659405",
        "0.025, 61, 2.000298", "0.005, 121, 2.617421", "0.1, 1000000000, 1.281552", "0.025, 1000000000, 1.959964",
        "0.005, 1000000000, 2.575829", "0.000001, 1000000000, 4.753424", "1e-12, 1000000000, 7.034484"
    })
    void agreesWithTheTables(double error, long n, double t) {
        assertThat(StudentT.above(error, n)).isCloseTo(t, within(2e-4 * t));
    }
}
