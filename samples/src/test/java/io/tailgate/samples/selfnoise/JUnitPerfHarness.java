/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** JUnitPerf through JUnit, with one thread and no limit of its rate. */
final class JUnitPerfHarness implements Harness {

    @Override
    public String name() {
        return "JUnitPerf";
    }

    @Override
    public String description() {
        return "1.37.0, one thread, no rate limit; percentiles from its own record, for it reports whole ones only";
    }

    @Override
    public Latencies timeEmpty() {
        Launch.method(JUnitPerfBodies.class, "empty");
        DescriptiveStatistics seen = JUnitPerfBodies.RECORDED;
        return new Latencies(
                seen.getN(), seen.getPercentile(50), seen.getPercentile(99), seen.getPercentile(99.9), seen.getMax());
    }

    @Override
    public double costNs() {
        JUnitPerfBodies.body = new CountedBody(0, TailgateHarness.COUNTED);
        Launch.method(JUnitPerfBodies.class, "counted");
        return JUnitPerfBodies.body.costNs();
    }
}
