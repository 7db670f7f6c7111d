/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.explain.Explanation;
import io.tailgate.guard.Protection;
import io.tailgate.guard.Tier;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureMessageTests {

    private static final String PAGE = "target/tailgate/com.acme.OrderBookTest/lookup.html";

    @Test
    void tellsTheWholeCaseOfAFail() {
        assertThat(FailureMessage.text(Invented.report(Outcome.FAIL), PAGE)).isEqualTo("""
                        p99 of OrderBookTest.lookup() is above 3.00 x median (750 us): 1.12 ms, 99 % confidence 1.05-1.31 ms, \
                        n = 2,000 iterations, 31 slower than the limit, on CPUs 2-3
                          rule: 31 of 2,000 are too many
                          58 slow iterations (500 us or more): 1,204 minor faults each, the rest 0.1; \
                        2 involuntary switches each, the rest 0
                          cause NUMA_BALANCING: 49 of 58 slow iterations (85 %), at least 24 minor faults, balancing was 1
                          cause PREEMPTION: 9 of 58 slow iterations (16 %), 1 or more involuntary switches, coincident
                          protection OBSERVE_ONLY (writing kernel.numa_balancing was refused: Permission denied): \
                        kernel.numa_balancing 1 before, 1 during, hinting faults on the host 69,832
                          warm-up: 200 iterations, as asked
                          note: holds for bursts up to 1
                          report: target/tailgate/com.acme.OrderBookTest/lookup.html""");
    }

    @Test
    void isNotBrokenByANameOfSeveralLines() {
        TestName odd = new TestName("com.acme.OddTest", "odd", "odd(a\n\u001b[31mb)");
        String pass = FailureMessage.text(Invented.report(odd, Invented.bursts(), Outcome.PASS), PAGE);
        String fail = FailureMessage.text(Invented.report(odd, Invented.bursts(), Outcome.FAIL), PAGE);
        TestReport unbounded = Invented.report(odd, Invented.bursts(), new Verdict(Outcome.PASS, List.of(), List.of()));

        assertThat(pass).startsWith("p99 of OddTest.odd(a  [31mb) is within").doesNotContain("\n");
        assertThat(fail.lines().findFirst().orElseThrow()).startsWith("p99 of OddTest.odd(a  [31mb) is above");
        assertThat(FailureMessage.text(unbounded, PAGE)).startsWith("OddTest.odd(a  [31mb) has no bound");
    }

    @Test
    void needsOneLineForAPass() {
        assertThat(FailureMessage.text(Invented.report(Outcome.PASS), PAGE))
                .isEqualTo("p99 of OrderBookTest.lookup() is within 3.00 x median (750 us): 612 us, "
                        + "99 % confidence 580-690 us, n = 2,000 iterations, 4 slower than the limit, on CPUs 2-3, "
                        + "protection OBSERVE_ONLY; holds for bursts up to 1; report " + PAGE);
    }

    @Test
    void saysHowManyIterationsAnInconclusiveNeeds() {
        assertThat(FailureMessage.text(Invented.report(Outcome.INCONCLUSIVE), PAGE))
                .startsWith("p99 of OrderBookTest.lookup() cannot be judged against 3.00 x median (750 us): 740 us, "
                        + "99 % confidence 580 us or more (too few iterations for an upper bound), "
                        + "n = 2,000 iterations, 19 slower than the limit, on CPUs 2-3; "
                        + "about 41,500 iterations would tell\n");
    }

    @Test
    void leadsWithTheBoundThatFailedAndNamesTheOthers() {
        Verdict verdict = new Verdict(
                Outcome.FAIL, List.of(Invented.bound(Outcome.PASS), Invented.bound(Outcome.FAIL)), List.of());
        String text = FailureMessage.text(Invented.report(Invented.LOOKUP, Invented.bursts(), verdict), PAGE);

        assertThat(text).startsWith("p99 of OrderBookTest.lookup() is above ");
        assertThat(text).contains("\n  also PASS: p99 of OrderBookTest.lookup() is within ");
    }

    @Test
    void givesAnAssertionItsExpectedAndActual() {
        assertThat(FailureMessage.expected(Invented.report(Outcome.FAIL))).isEqualTo("p99 <= 3.00 x median (750 us)");
        assertThat(FailureMessage.actual(Invented.report(Outcome.FAIL))).isEqualTo("1.12 ms");
    }

    @Test
    void tellsALimitFromAnObservationThatIsBarelyAboveIt() {
        BoundVerdict close = new BoundVerdict(
                new LatencyBound(100, new Limit.TimesMedian(1.0001), 0.995, 1),
                750_080,
                750_400,
                750_090,
                750_400,
                9,
                2_000,
                Outcome.FAIL,
                0,
                Invented.BURSTS,
                "9 of 2,000");
        TestReport report = Invented.report(
                Invented.LOOKUP, Invented.bursts(), new Verdict(Outcome.FAIL, List.of(close), List.of()));

        assertThat(FailureMessage.text(report, PAGE))
                .startsWith("max of OrderBookTest.lookup() is above 1.0001 x median (750.1 us): 750.4 us, "
                        + "of these iterations alone, n = 2,000 iterations");
    }

    @Test
    void namesTheDisturbanceWhereItOverruledTheBounds() {
        TestReport judged = Invented.report(
                Invented.LOOKUP,
                Invented.bursts(),
                new Verdict(Outcome.INCONCLUSIVE, List.of(Invented.bound(Outcome.PASS)), List.of()));
        TestReport report = protectedBy(Invented.disturbed("kernel.numa_balancing became 1"), judged);

        assertThat(FailureMessage.text(report, PAGE))
                .startsWith("OrderBookTest.lookup() cannot be judged, on CPUs 2-3: disturbed while it ran, "
                        + "kernel.numa_balancing became 1\n  also PASS: p99 of ")
                .contains("hinting faults on the host unknown; DISTURBED: kernel.numa_balancing became 1");
        assertThat(FailureMessage.actual(report)).isEqualTo("kernel.numa_balancing became 1");
    }

    @Test
    void namesTheDisturbanceEvenWhereABoundCouldNotBeToldEither() {
        assertThat(FailureMessage.text(Invented.disturbedReport("CPUs 3 went offline"), PAGE))
                .startsWith("OrderBookTest.lookup() cannot be judged, on CPUs 2-3: disturbed while it ran, "
                        + "CPUs 3 went offline\n  also INCONCLUSIVE: p99 of ");
    }

    @Test
    void doesNotClaimCpusOrSettingsThatAreNotKnown() {
        Protection unknown = new Protection(Tier.OBSERVE_ONLY, "macOS", null, null, -1, null, false, null, List.of());

        assertThat(FailureMessage.text(protectedBy(unknown, Invented.report(Outcome.FAIL)), PAGE))
                .doesNotContain("on CPUs")
                .contains("kernel.numa_balancing absent before, absent during, hinting faults on the host unknown");
    }

    @Test
    void tellsOfQuietSettingsInOneLine() {
        String line = "quiet: VM_STATISTICS had; TURBO, CPU_GOVERNOR not had: no such file (ENOENT); "
                + "INTERRUPTS had in part: 17 of 19; irq 0, 2: EIO";

        assertThat(FailureMessage.text(Invented.quiet(Outcome.FAIL), PAGE)).contains("69,832\n  " + line + "\n");
        assertThat(FailureMessage.text(Invented.quiet(Outcome.PASS), PAGE))
                .contains("protection OBSERVE_ONLY, " + line + "; holds for")
                .doesNotContain("\n");
    }

    @Test
    void saysOfATestWithoutBoundsWhatWasMeasured() {
        TestReport report = Invented.report(
                Invented.LOOKUP,
                Invented.measurement(5_000_000, 5_100_000, 80_000_000),
                new Verdict(Outcome.PASS, List.of(), List.of()));

        assertThat(FailureMessage.text(report, PAGE))
                .startsWith("OrderBookTest.lookup() has no bound: p50 5.10 ms, p99 80.0 ms, max 80.0 ms, "
                        + "n = 3 iterations, on CPUs 2-3");
    }

    @Test
    void writesAnAbsoluteLimitAsATime() {
        BoundVerdict absolute = new BoundVerdict(
                new LatencyBound(99.9, new Limit.AtMost(Duration.ofNanos(250_000)), 0.99, 1),
                250_000,
                312_000,
                298_000,
                340_000,
                60,
                20_000,
                Outcome.FAIL,
                0,
                Invented.BURSTS,
                "");
        TestReport report = Invented.report(
                Invented.LOOKUP, Invented.bursts(), new Verdict(Outcome.FAIL, List.of(absolute), List.of()));

        assertThat(FailureMessage.text(report, PAGE))
                .startsWith("p99.9 of OrderBookTest.lookup() is above 250 us: 312 us, 99 % confidence 298-340 us");
    }

    private static TestReport protectedBy(Protection protection, TestReport report) {
        return new TestReport(
                report.plan(),
                protection,
                report.measured(),
                report.verdict(),
                new Explanation(0, 0, List.of(), List.of()),
                report.environment());
    }
}
