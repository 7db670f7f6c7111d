/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplingRequestTests {

    private static final Settings NONE = settings(Map.of(), Map.of());

    @Test
    void measuresUntilTheTimeIsSpentUnlessToldOtherwise() {
        assertThat(SamplingRequest.DEFAULT.sampling(NONE))
                .isEqualTo(new SamplingPlan(0, SamplingPlan.UNTIL_STEADY, Duration.ofSeconds(30), 1));
    }

    @Test
    void runsAFixedNumberToItsEnd() {
        assertThat(request(2_000, 200, "30 s").sampling(NONE).atMost()).isEqualTo(TimeText.LONGEST);
    }

    @Test
    void stopsAFixedNumberAtATimeThatSomebodyChose() {
        assertThat(request(2_000, 200, "5 s").sampling(NONE).atMost()).hasSeconds(5);
        Settings configured = settings(Map.of(), Map.of("tailgate.sampling.at-most", "30 s"));
        assertThat(request(2_000, 200, "30 s").sampling(configured).atMost()).hasSeconds(30);
    }

    @Test
    void letsAnOverrideBeatTheAnnotationAndTheAnnotationADefault() {
        Settings both = settings(
                Map.of("tailgate.sampling.iterations", "7"),
                Map.of("tailgate.sampling.iterations", "8", "tailgate.sampling.warmup", "9"));
        assertThat(request(2_000, 200, "30 s").sampling(both))
                .isEqualTo(new SamplingPlan(7, 200, TimeText.LONGEST, 1, "tailgate.sampling.iterations"));
        assertThat(request(2_000, -1, "30 s").sampling(both).warmup()).isEqualTo(9);
    }

    @Test
    void namesTheAttributeOrTheKeyThatIsOutOfRange() {
        refused(request(-1, 0, "1 s"), NONE, "iterations = -1 is out of range; it is between 0 and 10000000");
        refused(request(1, -2, "1 s"), NONE, "warmup = -2 is out of range; it is between -1 and");
        refused(request(1, 0, "soon"), NONE, "atMost = \"soon\" is not a time");
        refused(new SamplingRequest(1, 0, "1 s", "", 0), NONE, "threads = 0 is out of range; it is between 1 and");
        Settings many = settings(Map.of("tailgate.sampling.iterations", "many"), Map.of());
        refused(request(1, 0, "1 s"), many, "tailgate.sampling.iterations = \"many\" is not a whole number");
    }

    @Test
    void hasTheRateOfAnOpenLoop() {
        SamplingPlan plan = new SamplingRequest(1, 0, "1 s", "200/s", 1).sampling(NONE);
        assertThat(plan.rate()).isEqualTo(ArrivalRate.parse("200/s"));
        assertThat(request(1, 0, "1 s").sampling(NONE).rate()).isNull();
        refused(new SamplingRequest(1, 0, "1 s", "often", 1), NONE, "rate = \"often\" is not a rate; write");
    }

    private static SamplingRequest request(int iterations, int warmup, String atMost) {
        return new SamplingRequest(iterations, warmup, atMost, "", 1);
    }

    private static Settings settings(Map<String, String> overrides, Map<String, String> defaults) {
        return new Settings(overrides::get, defaults::get);
    }

    private static void refused(SamplingRequest request, Settings settings, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.sampling(settings))
                .withMessageStartingWith(message);
    }
}
