/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailgate.explain.Cause;
import io.tailgate.guard.Tier;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.PageCount;
import io.tailgate.measure.Body;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.BoundRequest;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.PlacementRequest;
import io.tailgate.plan.SamplingPlan;
import io.tailgate.plan.SamplingRequest;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.plan.TestRequest;
import io.tailgate.report.SecondRun;
import io.tailgate.report.TestReport;
import io.tailgate.verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedRunTests {

    private static final PlacementRequest PINNED =
            new PlacementRequest(-1, "2-3", 0, MemoryPlacement.LOCAL, BalancingPlan.OFF, List.of());
    private static final BoundRequest BOUND = new BoundRequest(90, 0, 0, "100 s", 0.99, 1);
    private static final Body NOTHING = () -> {};

    private final FakeMachine machine = new FakeMachine();

    @Test
    void guardsMeasuresJudgesAndUndoes() throws Throwable {
        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), NOTHING);

        assertThat(report.verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(report.measured().iterations()).isEqualTo(50);
        assertThat(report.protection().tier()).isEqualTo(Tier.SYSCTL);
        assertThat(report.protection().cpus()).isEqualTo(CpuSet.parse("2-3"));
        assertThat(report.environment().facts()).containsEntry("cpu model", "fake");
        assertThat(machine.log()).startsWith("NUMA_BALANCING=0").endsWith("NUMA_BALANCING=1");
        assertThat(machine.affinity()).isEqualTo(CpuSet.parse("0-7"));
    }

    @Test
    void measuresOnlyWhenPagesThatCouldNotBeMappedAgainHaveFaulted() throws Throwable {
        machine.pteUpdates(OptionalLong.of(7)).refusing("map again");
        AtomicInteger ran = new AtomicInteger();
        Body faulting = () -> {
            long faults = 1_000L * Math.min(8, ran.incrementAndGet());
            machine.counters(faults, 0, 0, 0).hintFaults(OptionalLong.of(faults));
        };

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), faulting);

        assertThat(ran).hasValue(5 + 2 * 5 + 50); // warm-up, two passes, measured
        assertThat(report.measured().counters()).containsOnly(0);
        assertThat(report.measured().remarks()).anyMatch(remark -> remark.contains("after warmup = 5"));
        assertThat(report.protection().hintFaults()).isZero();
    }

    @Test
    void runsNoPassesWherePagesAreMappedAgain() throws Throwable {
        machine.pteUpdates(OptionalLong.of(7));
        AtomicInteger ran = new AtomicInteger();

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), ran::incrementAndGet);

        assertThat(ran).hasValue(5 + 50);
        assertThat(report.measured().remarks()).noneMatch(remark -> remark.contains("unmapped"));
        assertThat(machine.log().stream().filter("map again"::equals)).hasSize(2);
    }

    @Test
    void shieldsWhatWasMappedBeforeThePassesToo() throws Throwable {
        machine.pteUpdates(OptionalLong.of(7))
                .refusing("map again")
                .warden()
                .refusing(KernelSetting.NUMA_BALANCING, "Permission denied");

        run(new TestRequest(PINNED, List.of(BOUND), times(50)), () -> {});

        assertThat(machine.log().stream().filter("sweep LOCAL"::equals)).hasSize(3);
    }

    @Test
    void runsATestThatIsOnlyPinnedOnce() throws Throwable {
        machine.pteUpdates(OptionalLong.of(7));
        AtomicInteger ran = new AtomicInteger();
        SamplingPlan once = SamplingRequest.ONCE;
        TestPlan plan = plan(new TestRequest(PINNED, List.of(), times(50)));

        new GuardedRun(machine)
                .run(
                        new TestPlan(
                                plan.name(),
                                plan.placement(),
                                once,
                                List.of(),
                                plan.enforcement(),
                                plan.outputDirectory()),
                        ran::incrementAndGet,
                        null);

        assertThat(ran).hasValue(1);
    }

    @Test
    void changesNothingForATestThatAskedForNoPlace() throws Throwable {
        TestReport report = run(new TestRequest(null, List.of(BOUND), times(50)), NOTHING);

        assertThat(report.protection().pinned()).isFalse();
        assertThat(machine.log()).isEmpty();
    }

    @Test
    void doesNotTrustAVerdictIfTheMachineChangedUnderTheTest() throws Throwable {
        Body meddling = () -> machine.setting(KernelSetting.NUMA_BALANCING, "1");

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), meddling);

        assertThat(report.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(report.protection().disturbance()).contains("numa_balancing");
        assertThat(report.verdict().remarks()).noneMatch(remark -> remark.contains("PASS"));
    }

    @Test
    void throwsWhatTheBodyThrowsWhenAllIsUndone() {
        Exception failure = new Exception("the body's");

        assertThatThrownBy(() -> run(new TestRequest(PINNED, List.of(), times(50)), () -> {
                    throw failure;
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(machine.log()).endsWith("NUMA_BALANCING=1");
    }

    @Test
    void undoesEverythingOnAnInterruptedThreadAndLeavesItInterrupted() {
        Exception failure = new Exception("the body's");

        assertThatThrownBy(() -> run(new TestRequest(PINNED, List.of(), times(50)), () -> {
                    Thread.currentThread().interrupt();
                    throw failure;
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(machine.log()).endsWith("NUMA_BALANCING=1");
    }

    @Test
    void measuresWithoutCountersOnAMachineThatCannotBeControlled() throws Throwable {
        machine.unsupported("no Linux");

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), NOTHING);

        assertThat(report.verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(report.measured().hasCounters()).isFalse();
        assertThat(report.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
        assertThat(report.protection().reason()).contains("no Linux");
    }

    @Test
    void doesNotBlameTheHostsHintingFaultsOnAProcessThatWasShielded() throws Throwable {
        machine.warden().refusing(KernelSetting.NUMA_BALANCING, "Permission denied");
        machine.pages(PageCount.of(1_000, 0, Map.of()));
        AtomicInteger ran = new AtomicInteger();
        Body touching = () -> {
            if (ran.incrementAndGet() % 10 == 0) {
                Thread.sleep(2);
                machine.counters(400L * ran.get(), 0, 0, 0).hintFaults(OptionalLong.of(400L * ran.get()));
            }
        };

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), times(50)), touching);

        assertThat(report.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
        assertThat(report.protection().hintFaults()).isPositive();
        assertThat(report.why().causes()).isNotEmpty().noneMatch(cause -> cause.cause() == Cause.NUMA_BALANCING);
    }

    @Test
    void runsSeveralCallersWhereTheyCannotBePinned() throws Throwable {
        machine.unsupported("no Linux");
        SamplingRequest callers = new SamplingRequest(50, 5, "30 s", "", 2);

        TestReport report = run(new TestRequest(PINNED, List.of(BOUND), callers), NOTHING);

        assertThat(report.measured().iterations()).isEqualTo(50);
        assertThat(report.protection().pinned()).isFalse();
    }

    @Test
    void measuresWithoutCountersOnAVirtualThread() throws Throwable {
        machine.callingFromAVirtualThread();

        TestReport report = run(new TestRequest(null, List.of(BOUND), times(50)), NOTHING);

        assertThat(report.verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(report.measured().hasCounters()).isFalse();
        assertThat(report.protection().cpus()).isNull();
    }

    @Test
    void runsAFailAgainWhereThatIsAskedForAndNothingElse() throws Throwable {
        AtomicInteger ran = new AtomicInteger();
        Body slowAtFirst = () -> Thread.sleep(ran.incrementAndGet() <= 5 + 50 ? 8 : 0);
        TestRequest request = new TestRequest(null, List.of(new BoundRequest(50, 0, 0, "5 ms", 0.9, 1)), times(50));

        TestReport report =
                new GuardedRun(machine).run(plan(request, Map.of("tailgate.confirm", "rerun")), slowAtFirst, null);

        assertThat(ran).hasValue(2 * (5 + 50));
        assertThat(report.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(report.verdict().bounds().get(0).reason()).contains("50 of 50", "second run", "is PASS");
        assertThat(report.verdict().remarks()).anyMatch(remark -> remark.contains("not confirmed"));
        assertThat(confirmingOutcome(report)).isEqualTo(Outcome.PASS);

        TestReport passed =
                new GuardedRun(machine).run(plan(request, Map.of("tailgate.confirm", "rerun")), NOTHING, null);
        assertThat(passed.confirmation()).isNull();
    }

    @Test
    void twoFailsAreOne() throws Throwable {
        TestRequest request = new TestRequest(null, List.of(new BoundRequest(50, 0, 0, "1 ns", 0.9, 1)), times(50));

        TestReport report = new GuardedRun(machine)
                .run(plan(request, Map.of("tailgate.confirm", "rerun")), () -> Thread.sleep(1), null);

        assertThat(report.verdict().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.verdict().remarks()).anyMatch(remark -> remark.contains("confirmed the FAIL"));
        assertThat(confirmingOutcome(report)).isEqualTo(Outcome.FAIL);
    }

    private TestReport run(TestRequest request, Body body) throws Throwable {
        return new GuardedRun(machine).run(plan(request), body, null);
    }

    private static TestPlan plan(TestRequest request) {
        return plan(request, Map.of());
    }

    private static TestPlan plan(TestRequest request, Map<String, String> keys) {
        TestName name = new TestName("org.Book", "lookup", "lookup()");
        return request.plan(name, "lookup", new Settings(keys::get, key -> null));
    }

    private static SamplingRequest times(int iterations) {
        return new SamplingRequest(iterations, 5, "30 s", "", 1);
    }

    private static Outcome confirmingOutcome(TestReport report) {
        SecondRun second = Objects.requireNonNull(report.confirmation());
        return Objects.requireNonNull(second.verdict()).outcome();
    }
}
