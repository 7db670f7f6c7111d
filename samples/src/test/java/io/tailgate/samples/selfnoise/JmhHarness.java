/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** JMH's {@code SampleTime} mode, without forks: in this process, on this CPU. */
final class JmhHarness implements Harness {

    private static final int MEASURED_MS = 1_000;

    /** JMH times every run until it has 20 for each millisecond asked for; only then it begins to leave runs out. */
    static final int COUNTED = 20 * MEASURED_MS;

    @Override
    public String name() {
        return "JMH SampleTime";
    }

    @Override
    public String description() {
        return "1.37, forks(0), 1 s a repetition; of an empty body it times one run in some thousands";
    }

    /** The warm-up iteration raises the share that is left out, so that the measured one samples evenly. */
    @Override
    public Latencies timeEmpty() throws RunnerException {
        Statistics seen = run(options("empty").warmupIterations(1).warmupTime(TimeValue.milliseconds(500)));
        return new Latencies(
                seen.getN(), seen.getPercentile(50), seen.getPercentile(99), seen.getPercentile(99.9), seen.getMax());
    }

    @Override
    public double costNs() throws RunnerException {
        JmhBodies.Counted.costNs = Double.NaN;
        run(options("counted").warmupIterations(0));
        return JmhBodies.Counted.costNs;
    }

    private static ChainedOptionsBuilder options(String method) {
        return new OptionsBuilder()
                .include("^" + JmhBodies.class.getName().replace(".", "\\.") + "\\." + method + "$")
                .mode(Mode.SampleTime)
                .forks(0)
                .threads(1)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(MEASURED_MS))
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static Statistics run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).runSingle().getPrimaryResult().getStatistics();
    }
}
