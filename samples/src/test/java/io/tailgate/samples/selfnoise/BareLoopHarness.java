/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import io.tailgate.machine.linux.Machines;
import io.tailgate.measure.Instruments;
import io.tailgate.measure.IterationLoop;
import io.tailgate.measure.Measurement;
import io.tailgate.plan.SamplingPlan;
import org.HdrHistogram.Histogram;

/** Tailgate's loop alone, without the counters that no peer reads: like beside like. */
final class BareLoopHarness implements Harness {

    private final IterationLoop loop = new IterationLoop(Machines.ofThisHost(), Instruments.NONE);

    @Override
    public String name() {
        return "Tailgate, latencies alone";
    }

    @Override
    public String description() {
        return "its loop without counters: what it records then is what the peers record";
    }

    @Override
    public Latencies timeEmpty() throws Exception {
        SamplingPlan plan =
                new SamplingPlan(TailgateHarness.ITERATIONS, SamplingPlan.UNTIL_STEADY, SamplingPlan.NO_LIMIT, 1);
        Histogram seen = measure(plan, () -> {}).histogram();
        return new Latencies(
                seen.getTotalCount(),
                seen.getValueAtPercentile(50),
                seen.getValueAtPercentile(99),
                seen.getValueAtPercentile(99.9),
                seen.getMaxValue());
    }

    @Override
    public double costNs() throws Exception {
        CountedBody body = new CountedBody(TailgateHarness.COUNTED, TailgateHarness.COUNTED);
        measure(
                new SamplingPlan(TailgateHarness.COUNTED, TailgateHarness.COUNTED, SamplingPlan.NO_LIMIT, 1),
                body::run);
        return body.costNs();
    }

    private Measurement measure(SamplingPlan plan, Runnable body) throws Exception {
        try {
            return loop.measure(plan, body::run, loop.warmUp(plan, body::run));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a body that throws nothing threw " + e, e);
        }
    }
}
