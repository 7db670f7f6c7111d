/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.BoundRequest;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.QuietSetting;
import io.tailgate.plan.SamplingRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnotationsTests {

    @ParameterizedTest
    @EnumSource
    void mapsEachMemoryPolicyToItsNamesake(MemoryPolicy policy) {
        assertThat(Annotations.placement(policy)).hasToString(policy.name());
        assertThat(MemoryPlacement.values()).hasSameSizeAs(MemoryPolicy.values());
    }

    @ParameterizedTest
    @EnumSource
    void mapsEachBalancingToItsNamesake(NumaBalancing balancing) {
        assertThat(Annotations.balancing(balancing)).hasToString(balancing.name());
        assertThat(BalancingPlan.values()).hasSameSizeAs(NumaBalancing.values());
    }

    @ParameterizedTest
    @EnumSource
    void mapsEachNoiseSourceToItsNamesake(NoiseSource source) {
        assertThat(Annotations.quiet(source)).singleElement().hasToString(source.name());
        assertThat(QuietSetting.values()).hasSameSizeAs(NoiseSource.values());
    }

    @Test
    void givesTheBuilderTheDefaultsOfTheAnnotations() throws NoSuchMethodException {
        Sampling sampling = AnnotatedTestCase.class.getDeclaredMethod("body").getAnnotation(Sampling.class);
        MaxTailLatency bound = AnnotatedTestCase.class.getDeclaredMethod("body").getAnnotation(MaxTailLatency.class);

        assertThat(SamplingRequest.DEFAULT)
                .isEqualTo(new SamplingRequest(
                        sampling.iterations(),
                        sampling.warmup(),
                        sampling.atMost(),
                        sampling.rate(),
                        sampling.threads()));
        assertThat(TailBound.percentile(bound.percentile()).request())
                .isEqualTo(new BoundRequest(
                        99, bound.timesMedian(), bound.timesMean(), bound.atMost(), bound.confidence(), bound.burst()));
    }

    static class AnnotatedTestCase {
        @Sampling
        @MaxTailLatency
        void body() {}
    }
}
