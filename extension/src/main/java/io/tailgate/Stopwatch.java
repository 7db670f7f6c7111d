/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Confines the measurement to a part of each iteration.
 *
 * <p>A test method that declares a parameter of this type is measured from {@link #start()} to {@link #stop()} instead of
 * from its first statement to its last; several such parts of an iteration add up, and one that never starts it counts as
 * a whole. The counters are those of the whole iteration in any case. Stopping it without a start, starting it twice, leaving it running at the end of the iteration and using it
 * anywhere but in the body, on the thread that runs it, fail the test. It may also be injected into the constructor,
 * {@code @BeforeEach} and {@code @AfterEach} methods, to be kept in a field.
 *
 * <pre>{@code
 * @Test
 * @MaxTailLatency(percentile = 99, atMost = "250 us")
 * void lookup(Stopwatch stopwatch) {
 *     Key key = randomKey();
 *     stopwatch.start();
 *     book.lookup(key);
 *     stopwatch.stop();
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public interface Stopwatch {

    /** Begins the measured part of the current iteration. */
    void start();

    /** Ends the measured part of the current iteration. */
    void stop();
}
