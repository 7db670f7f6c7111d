/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What a report says of a run, in its JSON. */
record ReportFile(JsonNode root) {

    /** Reads the JSON beside the report's page. */
    static ReportFile beside(String page) throws IOException {
        String json = page.substring(0, page.lastIndexOf('.')) + ".json";
        return new ReportFile(new ObjectMapper().readTree(Path.of(json).toFile()));
    }

    String verdict() {
        return root.path("verdict").asText();
    }

    /** Returns how many slow iterations had each cause, most first. */
    Map<String, Integer> causes() {
        Map<String, Integer> causes = new LinkedHashMap<>();
        root.path("causes")
                .forEach(cause -> causes.put(
                        cause.path("cause").asText(),
                        cause.path("slowIterations").asInt()));
        return causes;
    }

    /** Returns how many iterations were seen to wait for a CPU that others had. */
    int disturbedIterations() {
        return root.path("noise").path("disturbedIterations").asInt();
    }

    /** Says whether the reasons name other processes' work as what made the difference. */
    boolean namesDisturbance() {
        return reasons().stream().anyMatch(reason -> reason.contains("the machine was disturbed"));
    }

    long maxNs() {
        return root.path("latencyNs").path("max").asLong();
    }

    double maxTimesMedian() {
        return (double) maxNs() / root.path("latencyNs").path("p50").asLong();
    }

    /** Returns why the verdict is what it is: the remarks, and the reasons of the bounds. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        root.path("remarks").forEach(remark -> reasons.add(remark.asText()));
        StreamSupport.stream(root.path("bounds").spliterator(), false)
                .map(bound -> bound.path("reason").asText())
                .forEach(reasons::add);
        return reasons;
    }
}
