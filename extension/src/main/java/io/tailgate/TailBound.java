/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.tailgate.plan.BoundRequest;
import org.apiguardian.api.API;

/**
 * A bound for {@link Tailgate}, with the attributes and defaults of {@link MaxTailLatency}. Immutable.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class TailBound {

    private final BoundRequest request;

    private TailBound(BoundRequest request) {
        this.request = request;
    }

    /** Returns a bound on {@link MaxTailLatency#percentile()}, which needs a limit yet. */
    public static TailBound percentile(double percentile) {
        return new TailBound(new BoundRequest(percentile, 0, 0, "", 0.99, 3));
    }

    /** Returns this bound with {@link MaxTailLatency#timesMedian()}. */
    public TailBound timesMedian(double factor) {
        return new TailBound(request.withTimesMedian(factor));
    }

    /** Returns this bound with {@link MaxTailLatency#timesMean()}. */
    public TailBound timesMean(double factor) {
        return new TailBound(request.withTimesMean(factor));
    }

    /**
     * Returns this bound with a multiple of the same percentile of the baseline; for {@link Tailgate#compare}, which takes
     * no other limit.
     */
    public TailBound timesBaseline(double factor) {
        return new TailBound(request.withTimesBaseline(factor));
    }

    /** Returns this bound with {@link MaxTailLatency#atMost()}. */
    public TailBound atMost(String time) {
        return new TailBound(request.withAtMost(time));
    }

    /** Returns this bound with {@link MaxTailLatency#confidence()}. */
    public TailBound confidence(double confidence) {
        return new TailBound(request.withConfidence(confidence));
    }

    /** Returns this bound with {@link MaxTailLatency#burst()}. */
    public TailBound burst(int burst) {
        return new TailBound(request.withBurst(burst));
    }

    BoundRequest request() {
        return request;
    }
}
