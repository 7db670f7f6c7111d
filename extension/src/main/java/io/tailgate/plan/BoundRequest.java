/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of one {@code @MaxTailLatency} as they were written.
 *
 * @param timesBaseline has no attribute: only code can give a baseline
 */
public record BoundRequest(
        double percentile,
        double timesMedian,
        double timesMean,
        String atMost,
        double confidence,
        int burst,
        double timesBaseline) {

    /** A request without a baseline. */
    public BoundRequest(
            double percentile, double timesMedian, double timesMean, String atMost, double confidence, int burst) {
        this(percentile, timesMedian, timesMean, atMost, confidence, burst, 0);
    }

    private static final double UNUSED = 0;

    public BoundRequest withTimesMedian(double factor) {
        return new BoundRequest(percentile, factor, timesMean, atMost, confidence, burst, timesBaseline);
    }

    public BoundRequest withTimesMean(double factor) {
        return new BoundRequest(percentile, timesMedian, factor, atMost, confidence, burst, timesBaseline);
    }

    public BoundRequest withTimesBaseline(double factor) {
        return new BoundRequest(percentile, timesMedian, timesMean, atMost, confidence, burst, factor);
    }

    public BoundRequest withAtMost(String time) {
        return new BoundRequest(percentile, timesMedian, timesMean, time, confidence, burst, timesBaseline);
    }

    public BoundRequest withConfidence(double other) {
        return new BoundRequest(percentile, timesMedian, timesMean, atMost, other, burst, timesBaseline);
    }

    public BoundRequest withBurst(int other) {
        return new BoundRequest(percentile, timesMedian, timesMean, atMost, confidence, other, timesBaseline);
    }

    /**
     * Returns a bound for each limit that was written, or throws {@link IllegalArgumentException} naming the attribute
     * that cannot be.
     *
     * @param scale what every limit is multiplied by, {@code tailgate.sla.scale}
     * @param family among how many gated tests the error of a FAIL is shared, {@code tailgate.family}
     */
    public List<LatencyBound> bounds(double scale, int family) {
        require(percentile > 0 && percentile <= 100, "percentile", percentile, "it must be above 0 and at most 100");
        require(confidence > 0.5 && confidence < 1, "confidence", confidence, "it must be above 0.5 and below 1");
        require(burst >= 1, "burst", burst, "bursts have a mean length of 1 or more iterations");
        List<LatencyBound> bounds = new ArrayList<>();
        for (Limit limit : limits(scale)) {
            bounds.add(new LatencyBound(percentile, limit, confidence, burst, family));
        }
        return bounds;
    }

    private List<Limit> limits(double scale) {
        List<Limit> limits = new ArrayList<>();
        if (timesMedian != UNUSED) {
            require(positive(timesMedian), "timesMedian", timesMedian, "a multiple is above 0");
            require(
                    timesMedian >= 1 || percentile < 50,
                    "timesMedian",
                    timesMedian,
                    "from the 50th percentile on no run can stay below its own median; write 1 or more");
            limits.add(new Limit.TimesMedian(timesMedian * scale));
        }
        if (timesMean != UNUSED) {
            require(positive(timesMean), "timesMean", timesMean, "a multiple is above 0");
            limits.add(new Limit.TimesMean(timesMean * scale));
        }
        if (timesBaseline != UNUSED) {
            require(positive(timesBaseline), "timesBaseline", timesBaseline, "a multiple is above 0");
            require(percentile < 100, "percentile", percentile, "the maximum of two runs cannot be compared");
            limits.add(new Limit.TimesBaseline(timesBaseline * scale));
        }
        if (!atMost.isEmpty()) {
            limits.add(new Limit.AtMost(scaled(TimeText.parse("atMost", atMost), scale)));
        }
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("no limit is given; set timesMedian, timesMean or atMost");
        }
        return limits;
    }

    private static Duration scaled(Duration time, double scale) {
        return Duration.ofNanos(Math.max(1, Math.round(time.toNanos() * scale)));
    }

    private static boolean positive(double factor) {
        return factor > 0 && factor < Double.POSITIVE_INFINITY;
    }

    private static void require(boolean holds, String attribute, Number value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(attribute + " = " + value + " is out of range; " + rule);
        }
    }
}
