/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.guard.QuietResult.Had;
import io.tailgate.guard.Tier;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import io.tailgate.plan.QuietSetting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortfallTests {

    @ParameterizedTest
    @CsvSource({
        "OFF, SYSCTL, false",
        "OFF, POLICY_PROCESS, false",
        "OFF, POLICY_SWEEP, true",
        "OFF, OBSERVE_ONLY, true",
        "SHIELDED, SYSCTL, false",
        "SHIELDED, POLICY_SWEEP, false",
        "SHIELDED, OBSERVE_ONLY, true",
        "UNCHANGED, OBSERVE_ONLY, false"
    })
    void isATierBelowTheOneAskedFor(BalancingPlan asked, Tier got, boolean tooLittle) {
        assertThat(Shortfall.of(placement(asked), protection(got, true)).isPresent())
                .isEqualTo(tooLittle);
    }

    @Test
    void isAThreadThatCouldNotBePinned() {
        assertThat(Shortfall.of(placement(BalancingPlan.UNCHANGED), protection(Tier.OBSERVE_ONLY, false)))
                .contains("the test could not be pinned: why so");
    }

    @Test
    void namesWhatWasAskedForWhatWasHadAndWhy() {
        assertThat(Shortfall.of(placement(BalancingPlan.OFF), protection(Tier.POLICY_SWEEP, true))
                        .orElseThrow())
                .contains("OFF", "POLICY_SWEEP", "why so");
    }

    @Test
    void isNothingOnAKernelThatHasNothingToProtectFrom() {
        Protection got = new Protection(Tier.OBSERVE_ONLY, "why so", null, null, -1, null, true, null, List.of());
        assertThat(Shortfall.of(placement(BalancingPlan.OFF), got)).isEmpty();
        assertThat(Shortfall.of(placement(BalancingPlan.SHIELDED), got)).isEmpty();
    }

    @Test
    void isAQuietSettingThatWasNotHadWholly() {
        Protection got = protection(
                Tier.SYSCTL,
                true,
                new QuietResult(QuietSetting.NMI_WATCHDOG, Had.YES, "1", "0", "until the test ends"),
                new QuietResult(QuietSetting.INTERRUPTS, Had.PARTLY, "0-1", "0", "1 of 2"),
                new QuietResult(QuietSetting.TURBO, Had.NO, null, null, "EACCES"));

        assertThat(Shortfall.of(placement(BalancingPlan.OFF), got))
                .contains("quiet INTERRUPTS had in part: 1 of 2; TURBO not had: EACCES");
    }

    @Test
    void isNothingWhereEachQuietSettingWasHad() {
        QuietResult had = new QuietResult(QuietSetting.TURBO, Had.YES, "0", "0", "had this value already");

        assertThat(Shortfall.of(placement(BalancingPlan.OFF), protection(Tier.SYSCTL, true, had)))
                .isEmpty();
    }

    @Test
    void namesQuietSettingsBesideTheTier() {
        QuietResult missed = new QuietResult(QuietSetting.TURBO, Had.NO, null, null, "EACCES");

        assertThat(Shortfall.of(placement(BalancingPlan.OFF), protection(Tier.POLICY_SWEEP, true, missed))
                        .orElseThrow())
                .endsWith("POLICY_SWEEP was had: why so; quiet TURBO not had: EACCES");
    }

    @Test
    void isNothingWhereNothingWasAskedFor() {
        assertThat(Shortfall.of(null, protection(Tier.OBSERVE_ONLY, false))).isEmpty();
    }

    private static Placement placement(BalancingPlan balancing) {
        return new Placement(Placement.ANY_NODE, null, 0, MemoryPlacement.LOCAL, balancing, List.of());
    }

    private static Protection protection(Tier tier, boolean pinned, QuietResult... quiet) {
        return new Protection(tier, "why so", "1", "1", 0, null, pinned, null, List.of(quiet));
    }
}
