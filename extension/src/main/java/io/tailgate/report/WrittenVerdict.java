/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.plan.LatencyBound;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Bursts;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A verdict read back from the JSON report of another run of the same test. */
final class WrittenVerdict {

    private WrittenVerdict() {}

    /**
     * Returns the verdict in {@code json}, or throws an {@link IllegalArgumentException} if it is not on the bounds of
     * {@code like}.
     */
    static Verdict parse(String json, Verdict like) {
        JsonFields report = JsonFields.of(JsonParser.parse(json));
        List<JsonFields> written = report.objects("bounds");
        if (written.size() != like.bounds().size()) {
            throw new IllegalArgumentException("its report judges " + written.size() + " bounds, and this test has "
                    + like.bounds().size());
        }
        List<BoundVerdict> bounds = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            bounds.add(bound(written.get(i), like.bounds().get(i).bound()));
        }
        return new Verdict(Outcome.valueOf(report.text("verdict")), bounds, List.of());
    }

    private static BoundVerdict bound(JsonFields written, LatencyBound bound) {
        requireSame(written, bound);
        return new BoundVerdict(
                bound,
                written.number("limitNs"),
                (long) written.number("observedNs"),
                (long) written.number("lowNs"),
                written.isNull("highNs") ? Long.MAX_VALUE : (long) written.number("highNs"),
                (long) written.number("exceedances"),
                (long) written.number("iterations"),
                Outcome.valueOf(written.text("verdict")),
                written.isNull("iterationsNeeded") ? 0 : (long) written.number("iterationsNeeded"),
                bursts(written.object("bursts")),
                written.text("reason"));
    }

    private static void requireSame(JsonFields written, LatencyBound bound) {
        String kind = JsonReport.limitKind(bound.limit());
        if (written.number("percentile") != bound.percentile()
                || !written.text("limitKind").equals(kind)) {
            throw new IllegalArgumentException("its report judges p" + written.number("percentile") + " by "
                    + written.text("limitKind") + " where this test has p" + bound.percentile() + " by " + kind);
        }
    }

    private static Bursts bursts(JsonFields written) {
        return new Bursts(
                written.number("tolerance"),
                (long) written.number("bursts"),
                (long) written.number("longest"),
                written.number("effective"));
    }
}
