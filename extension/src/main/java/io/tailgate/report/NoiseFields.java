/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.measure.CanaryTimes;
import io.tailgate.measure.Noise;
import io.tailgate.measure.Noise.Hiccups;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What else the machine did, as fields of a {@link JsonReport}; what nobody looked for is null. */
final class NoiseFields {

    private NoiseFields() {}

    static Map<String, @Nullable Object> of(Noise noise) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        boolean known = noise.waits().known();
        fields.put("runDelayNs", known ? noise.waits().totalNs() : null);
        fields.put("longestRunDelayNs", known ? noise.waits().mostNs() : null);
        fields.put("disturbedIterations", known ? noise.waits().disturbed() : null);
        fields.put("canary", noise.canary() == null ? null : canary(noise.canary()));
        fields.put("hiccups", noise.hiccups() == null ? null : hiccups(noise.hiccups()));
        return fields;
    }

    private static Map<String, @Nullable Object> canary(CanaryTimes canary) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("n", canary.n());
        fields.put("calibratedNs", canary.calibratedNs());
        fields.put("medianNs", canary.percentile(50));
        fields.put("p99Ns", canary.percentile(99));
        fields.put("maxNs", canary.percentile(100));
        fields.put("slow", canary.slow());
        fields.put("parts", canary.slowdowns().length);
        fields.put("slowParts", canary.slowParts());
        return fields;
    }

    private static Map<String, @Nullable Object> hiccups(Hiccups hiccups) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("n", hiccups.n());
        fields.put("p99Ns", hiccups.p99Ns());
        fields.put("maxNs", hiccups.maxNs());
        fields.put("cpu", hiccups.cpu());
        return fields;
    }
}
