/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.measure.CanaryTimes;
import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Noise;
import io.tailgate.measure.Waits;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTests {

    private static JsonFields parsed(TestReport report) {
        return JsonFields.of(JsonParser.parse(JsonReport.render(report, LatencyFigures.of(report.measured()))));
    }

    @Test
    void namesTheTestItsVerdictAndItsTimes() {
        JsonFields json = parsed(Invented.report(Outcome.FAIL));

        assertThat(json.text("test")).isEqualTo("com.acme.OrderBookTest.lookup()");
        assertThat(json.text("verdict")).isEqualTo("FAIL");
        assertThat(json.number("iterations")).isEqualTo(2_000);
        assertThat(json.number("schemaVersion")).isEqualTo(1);
        assertThat(json.text("startTime")).isEqualTo("2026-07-14T03:33:20Z");
        assertThat(json.text("endTime")).isEqualTo("2026-07-14T03:33:32.345Z");
        assertThat(json.fields().get("remarks")).isEqualTo(List.of("holds for bursts up to 1"));
    }

    @Test
    void takesTheLatenciesFromTheIterationsNotFromTheHistogram() {
        Measurement measured = Invented.measurement(1_000_003, 1_000_001, 1_000_002, 1_000_009);
        JsonFields latency =
                parsed(Invented.report(Invented.LOOKUP, measured, Outcome.PASS)).object("latencyNs");

        assertThat(latency.number("n")).isEqualTo(4);
        assertThat(latency.number("p50")).isEqualTo(1_000_002);
        assertThat(latency.number("p90")).isEqualTo(1_000_009);
        assertThat(latency.number("p99")).isEqualTo(1_000_009);
        assertThat(latency.number("p999")).isEqualTo(1_000_009);
        assertThat(latency.number("max")).isEqualTo(1_000_009);
        assertThat(latency.number("mean")).isEqualTo(1_000_003.75);
    }

    @Test
    void saysOfABoundHowItWasJudged() {
        JsonFields bound =
                parsed(Invented.report(Outcome.FAIL)).objects("bounds").get(0);

        assertThat(bound.number("percentile")).isEqualTo(99);
        assertThat(bound.text("limitKind")).isEqualTo("TIMES_MEDIAN");
        assertThat(bound.number("limitFactor")).isEqualTo(3);
        assertThat(bound.number("limitNs")).isEqualTo(750_000);
        assertThat(bound.number("observedNs")).isEqualTo(1_120_000);
        assertThat(bound.number("lowNs")).isEqualTo(1_050_000);
        assertThat(bound.number("highNs")).isEqualTo(1_310_000);
        assertThat(bound.number("confidence")).isEqualTo(0.99);
        assertThat(bound.number("exceedances")).isEqualTo(31);
        assertThat(bound.number("iterations")).isEqualTo(2_000);
        assertThat(bound.text("verdict")).isEqualTo("FAIL");
        assertThat(bound.text("reason")).isEqualTo("31 of 2,000 are too many");
        assertThat(bound.isNull("iterationsNeeded")).isTrue();
    }

    @Test
    void writesHowTheSlowIterationsCame() {
        JsonFields bound =
                parsed(Invented.report(Outcome.FAIL)).objects("bounds").get(0);
        JsonFields bursts = bound.object("bursts");

        assertThat(bound.number("burst")).as("asked").isEqualTo(3);
        assertThat(bursts.number("tolerance")).isEqualTo(4);
        assertThat(bursts.number("bursts")).isEqualTo(12);
        assertThat(bursts.number("longest")).isEqualTo(3);
        assertThat(bursts.number("effective")).isEqualTo(15.5);
    }

    @Test
    void writesAnUpperBoundThatDoesNotExistAsNull() {
        JsonFields bound =
                parsed(Invented.report(Outcome.INCONCLUSIVE)).objects("bounds").get(0);

        assertThat(bound.fields().containsKey("highNs")).isTrue();
        assertThat(bound.isNull("highNs")).isTrue();
        assertThat(bound.number("iterationsNeeded")).isEqualTo(41_500);
    }

    @Test
    void namesAnAbsoluteLimitAndAMultipleOfTheMean() {
        List<JsonFields> bounds = parsed(Invented.report(
                        Invented.LOOKUP,
                        Invented.bursts(),
                        new Verdict(
                                Outcome.PASS,
                                List.of(bound(new Limit.AtMost(Duration.ofMillis(5))), bound(new Limit.TimesMean(2.5))),
                                List.of())))
                .objects("bounds");

        assertThat(bounds.get(0).text("limitKind")).isEqualTo("AT_MOST");
        assertThat(bounds.get(0).isNull("limitFactor")).isTrue();
        assertThat(bounds.get(0).text("limit")).isEqualTo("5.00 ms");
        assertThat(bounds.get(1).text("limitKind")).isEqualTo("TIMES_MEAN");
        assertThat(bounds.get(1).text("limit")).isEqualTo("2.50 x mean (5.00 ms)");
    }

    private static BoundVerdict bound(Limit limit) {
        return new BoundVerdict(
                new LatencyBound(99.9, limit, 0.99, 1),
                5e6,
                1_000,
                900,
                1_100,
                0,
                2_000,
                Outcome.PASS,
                0,
                Invented.BURSTS,
                "few enough");
    }

    @Test
    void claimsNoSteadinessOfAFixedWarmUp() {
        JsonFields json = parsed(Invented.report(Outcome.PASS));

        assertThat(json.object("sampling").number("warmup")).isEqualTo(200);
        assertThat(json.object("warmup").isNull("steady")).isTrue();
    }

    @Test
    void saysWhatProtectedTheTest() {
        JsonFields protection = parsed(Invented.report(Outcome.FAIL)).object("protection");

        assertThat(protection.text("tier")).isEqualTo("OBSERVE_ONLY");
        assertThat(protection.text("reason")).contains("Permission denied");
        assertThat(protection.text("balancingBefore")).isEqualTo("1");
        assertThat(protection.text("balancingDuring")).isEqualTo("1");
        assertThat(protection.number("hintFaults")).isEqualTo(69_832);
        assertThat(protection.text("cpus")).isEqualTo("2-3");
        assertThat(protection.fields().get("pinned")).isEqualTo(true);
        assertThat(protection.isNull("disturbance")).isTrue();
    }

    @Test
    void saysWhatBecameOfEachQuietSetting() {
        List<JsonFields> settings =
                parsed(Invented.quiet(Outcome.PASS)).object("protection").objects("settings");

        assertThat(settings.get(0).fields())
                .isEqualTo(Map.of(
                        "setting",
                        "VM_STATISTICS",
                        "had",
                        "YES",
                        "before",
                        "1",
                        "during",
                        "120",
                        "reason",
                        "until the test ends"));
        assertThat(settings.get(1).text("had")).isEqualTo("NO");
        assertThat(settings.get(1).isNull("before")).isTrue();
        assertThat(settings.get(2).text("had")).isEqualTo("PARTLY");
    }

    @Test
    void saysThatNoQuietSettingWasAskedFor() {
        assertThat(parsed(Invented.report(Outcome.PASS)).object("protection").objects("settings"))
                .isEmpty();
    }

    @Test
    void writesWhatElseTheMachineDid() {
        CanaryTimes canary = new CanaryTimes(20_000, new double[] {0.1, 0.6}, new long[] {20_000, 90_000});
        Noise noise = new Noise(
                new Waits(true, new int[] {3, 7}, new long[] {400, 500}), canary, new Noise.Hiccups(99, 700, 900, 5));

        JsonFields json = JsonFields.of(JsonParser.parse(Json.pretty(NoiseFields.of(noise))));

        assertThat(json.number("runDelayNs")).isEqualTo(900);
        assertThat(json.number("longestRunDelayNs")).isEqualTo(500);
        assertThat(json.number("disturbedIterations")).isEqualTo(2);
        assertThat(json.object("canary").number("n")).isEqualTo(2);
        assertThat(json.object("canary").number("maxNs")).isEqualTo(90_000);
        assertThat(json.object("canary").number("slow")).isEqualTo(1);
        assertThat(json.object("hiccups").number("p99Ns")).isEqualTo(700);
        assertThat(json.object("hiccups").number("cpu")).isEqualTo(5);
    }

    @Test
    void writesCountersThatCannotBeReadAsNull() {
        TestReport report = Invented.report(Outcome.PASS);
        Measurement uncounted = InventedMeasurement.of(5, 6)
                .remarks("no counters on this machine")
                .build();
        JsonFields json = parsed(new TestReport(
                report.plan(),
                Invented.disturbed("CPUs became 0-1"),
                uncounted,
                report.verdict(),
                report.why(),
                report.environment()));

        assertThat(json.object("counters").isNull("minorFaults")).isTrue();
        assertThat(json.objects("slowest").get(0).isNull("minorFaults")).isTrue();
        assertThat(json.object("noise").isNull("runDelayNs")).isTrue();
        assertThat(json.object("noise").isNull("canary")).isTrue();
        assertThat(json.object("protection").isNull("hintFaults")).isTrue();
        assertThat(json.object("protection").text("disturbance")).isEqualTo("CPUs became 0-1");
        assertThat(json.fields().get("remarks"))
                .isEqualTo(List.of("holds for bursts up to 1", "no counters on this machine"));
    }

    @Test
    void givesCausesContrastsAndTheSlowestIterations() {
        JsonFields json = parsed(Invented.report(Outcome.FAIL));

        assertThat(json.objects("causes").get(0).fields())
                .isEqualTo(Map.of(
                        "cause",
                        "NUMA_BALANCING",
                        "slowIterations",
                        49.0,
                        "share",
                        0.845,
                        "evidence",
                        "at least 24 minor faults, balancing was 1"));
        assertThat(json.objects("contrasts").get(0).fields())
                .isEqualTo(Map.of("counter", "minor faults", "slowMean", 1_204.0, "restMean", 0.1));
        assertThat(json.object("slow").number("iterations")).isEqualTo(58);
        assertThat(json.object("counters").number("minorFaults")).isEqualTo(58 * 1_204 + 171);
        assertThat(json.objects("slowest")).hasSize(20);
        assertThat(json.objects("slowest").get(0).number("iteration")).isEqualTo(35);
        assertThat(json.objects("slowest").get(0).number("latencyNs")).isEqualTo(1_105_000);
        assertThat(json.objects("slowest").get(0).number("minorFaults")).isEqualTo(1_204);
    }

    @Test
    void keepsTheEnvironmentInItsOrder() {
        assertThat(parsed(Invented.report(Outcome.PASS))
                        .object("environment")
                        .fields()
                        .keySet())
                .extracting(Object::toString)
                .containsExactly("cpu model", "governor", "kernel", "numa nodes");
    }
}
