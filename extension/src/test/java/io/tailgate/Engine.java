/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs fixture classes through JUnit's engine. */
final class Engine {

    /** Where the fixtures' reports go. */
    static final Path OUTPUT = Path.of("target", "tailgate-of-tests");

    private Engine() {}

    /** Runs {@code testCase} under configuration parameters, given as keys and values in turn. */
    static Events run(Class<?> testCase, String... parameters) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameter("tailgate.output.dir", OUTPUT.toString());
        for (int i = 0; i < parameters.length; i += 2) {
            builder.configurationParameter(parameters[i], parameters[i + 1]);
        }
        return builder.execute().testEvents();
    }

    /** Asserts that so many tests of {@code testCase} ran and that each succeeded; else its failure is shown. */
    static void succeeds(int tests, Class<?> testCase, String... parameters) {
        Events events = run(testCase, parameters);
        assertThat(throwables(events)).isEmpty();
        events.assertStatistics(stats -> stats.succeeded(tests).finished(tests));
    }

    /** Returns what the only failed or aborted test of {@code events} threw. */
    static Throwable thrown(Events events) {
        List<Throwable> throwables = throwables(events);
        assertThat(throwables).hasSize(1);
        return throwables.get(0);
    }

    private static List<Throwable> throwables(Events events) {
        return events.finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }
}
