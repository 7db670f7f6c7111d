/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestNameTests {

    private static final String METHOD = "[engine:junit-jupiter]/[class:org.Book]/";

    @Test
    void namesTheFileAfterTheMethod() {
        TestName name = TestName.of("org.Book", "lookup", "", "lookup(CpuSet)", METHOD + "[method:lookup(CpuSet)]");
        assertThat(name)
                .isEqualTo(new TestName("org.Book", "lookup", "lookup(CpuSet)"))
                .hasToString("Book.lookup(CpuSet)");
    }

    @Test
    void numbersInvocations() {
        String id = METHOD + "[test-template:lookup(int)]/[test-template-invocation:#12]";
        assertThat(TestName.of("org.Book", "lookup", "", "[12] INT8", id))
                .isEqualTo(new TestName("org.Book", "lookup-12", "lookup [12] INT8"));
    }

    @Test
    void numbersDynamicTestsWithinTheirContainers() {
        String id = METHOD + "[test-factory:all()]/[dynamic-container:#2]/[dynamic-test:#1]";
        assertThat(TestName.of("org.Book", "all", "", "first", id).fileName()).isEqualTo("all-2-1");
    }

    @Test
    void keepsOverloadsApart() {
        assertThat(TestName.of("org.Book", "lookup", "-int", "lookup(int)", METHOD)
                        .fileName())
                .isEqualTo("lookup-int");
    }

    @Test
    void keepsAnyKotlinNameAsItIs() {
        assertThat(TestName.of("org.Book", "a/b is fast: \u00e4\u4e2d", "", "x", METHOD)
                        .fileName())
                .isEqualTo("a/b is fast: \u00e4\u4e2d");
    }
}
