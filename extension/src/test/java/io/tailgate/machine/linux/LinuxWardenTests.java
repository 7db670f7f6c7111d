/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static io.tailgate.machine.KernelSetting.GOVERNOR;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.SettingState.Kind;
import io.tailgate.machine.Warden;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counting within a JVM, and what becomes of a warden that dies or does not answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxWardenTests {

    private static final SettingState OFF = SettingState.held("numa_balancing", "1", "0");

    /** Long enough for a thread of this JVM that has an answer to get its turn on a busy machine. */
    private static final Duration IMPATIENT = Duration.ofMillis(500);

    private final Deque<ScriptedLink> toCome = new ArrayDeque<>();
    private final List<String> openings = new ArrayList<>();

    private synchronized WardenLink open() {
        openings.add("opened");
        if (toCome.isEmpty()) {
            throw new MachineException("no socket there");
        }
        return toCome.remove();
    }

    private synchronized int opened() {
        return openings.size();
    }

    private ScriptedLink coming() {
        ScriptedLink link = new ScriptedLink();
        toCome.add(link);
        return link;
    }

    private Warden warden(Duration limit) {
        WardenRoute never = () -> {
            throw new MachineException("this is not root");
        };
        return new LinuxWarden(new WardenRoutes(List.of(never, this::open)), limit);
    }

    private final Warden warden = warden(Duration.ofSeconds(20));

    private List<SettingState> hold() {
        return warden.hold(NUMA_BALANCING, Optional.empty());
    }

    @Test
    void startsNoneBeforeTheFirstHold() {
        assertThat(warden.losses()).isZero();
        assertThat(warden.release(NUMA_BALANCING)).isEmpty();
        assertThat(opened()).isZero();
    }

    @Test
    void asksOneWardenForEverything() {
        ScriptedLink link = coming();

        assertThat(hold()).containsExactly(OFF);
        assertThat(warden.check(NUMA_BALANCING)).containsExactly(OFF);
        assertThat(warden.release(NUMA_BALANCING))
                .containsExactly(SettingState.of(Kind.RESTORED, "numa_balancing", "1"));

        assertThat(link.heard())
                .containsExactly("hold numa_balancing", "check numa_balancing", "release numa_balancing");
        assertThat(link.isClosed()).as("kept for the next test").isFalse();
        assertThat(opened()).isOne();
    }

    @Test
    void letsGoWithTheLastOfThoseThatHold() {
        ScriptedLink link = coming();
        hold();
        assertThat(hold()).containsExactly(OFF);

        assertThat(warden.release(NUMA_BALANCING)).containsExactly(SettingState.of(Kind.SHARED, "numa_balancing", "0"));
        assertThat(link.heard()).doesNotContain("release numa_balancing");
        warden.release(NUMA_BALANCING);
        assertThat(link.heard()).endsWith("release numa_balancing");
        assertThat(link.heard().stream().filter("hold numa_balancing"::equals)).hasSize(1);
    }

    @Test
    void namesTheCpusOfASettingThatHasThem() {
        ScriptedLink link = coming();
        warden.hold(GOVERNOR, Optional.of(CpuSet.parse("2-3,8")));
        assertThat(link.heard()).containsExactly("hold governor 2-3,8");
    }

    @Test
    void holdsASettingForOneSetOfCpusOnly() {
        ScriptedLink link = coming();
        warden.hold(GOVERNOR, Optional.of(CpuSet.of(2)));

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> warden.hold(GOVERNOR, Optional.of(CpuSet.of(3))))
                .withMessageContainingAll("the frequency governor is held for CPUs 2", "not for 3");

        warden.release(GOVERNOR);
        assertThat(link.heard()).endsWith("release governor");
    }

    @Test
    void saysOfEachWayWhyItLeadsNowhereAndAsksOnce() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(MachineException.class)
                    .isThrownBy(this::hold)
                    .withMessageContainingAll("this is not root; no socket there", "docs/warden.md");
        }
        assertThat(opened()).isOne();
        assertThat(warden.losses()).isZero();
    }

    @Test
    void triesTheNextWayWhereOneEndsBeforeItAnswers() {
        WardenRoute full = () -> new ScriptedLink().dyingAt("tailgate");
        coming();

        Warden second = new LinuxWarden(new WardenRoutes(List.of(full, this::open)), Duration.ofSeconds(20));
        assertThat(second.hold(NUMA_BALANCING, Optional.empty())).containsExactly(OFF);

        Warden third = new LinuxWarden(new WardenRoutes(List.of(full, this::open)), Duration.ofSeconds(20));
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> third.hold(NUMA_BALANCING, Optional.empty()))
                .withMessageContaining("to be had: the warden ended before it answered; no socket there;");
    }

    @Test
    void triesAgainAtTheNextHoldWhatOnlyFailedForNow() {
        List<String> starts = new ArrayList<>();
        WardenRoute busy = () -> {
            starts.add("started");
            if (starts.size() <= 2) {
                throw new WardenLostException("error=11, Resource temporarily unavailable");
            }
            return new ScriptedLink();
        };
        Warden later = new LinuxWarden(new WardenRoutes(List.of(busy, this::open)), Duration.ofSeconds(20));

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> later.hold(NUMA_BALANCING, Optional.empty()))
                .withMessageContaining("Resource temporarily unavailable; no socket there");

        assertThat(later.hold(NUMA_BALANCING, Optional.empty())).containsExactly(OFF);
        assertThat(opened()).as("what was refused in words").isOne();
    }

    @Test
    void passesOnWhatAWardenSaysThatRefuses() {
        coming().greetingWith("refused this is a container: process numbers of its own");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::hold)
                .withMessageContaining("this is not root; this is a container: process numbers of its own;");
    }

    @Test
    void passesOnWhatSudoSays() {
        coming().dyingAt("tailgate").lastWords("sudo: a password is required");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::hold)
                .withMessageContaining("sudo: a password is required");
    }

    @Test
    void takesNoWardenOfAnotherVersion() {
        coming().greetingWith("ready 2 4711");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::hold)
                .withMessageContaining("\"ready 2 4711\" where \"ready 1 ...\" belongs");
    }

    @Test
    void replacesADeadOneAtOnceAndHoldsAgain() throws Exception {
        ScriptedLink first = coming();
        ScriptedLink second = coming();
        hold();

        first.die();

        await(() -> second.heard().equals(List.of("hold numa_balancing")));
        assertThat(warden.losses()).isOne();
        assertThat(warden.lastLoss()).isEqualTo("the warden (process 4711) ended");
        assertThat(warden.check(NUMA_BALANCING)).containsExactly(OFF);
    }

    @Test
    void countsNoLossWhereNothingWasHeld() throws Exception {
        ScriptedLink first = coming();
        ScriptedLink second = coming();
        hold();
        warden.release(NUMA_BALANCING);

        first.die();
        await(first::isClosed);

        assertThat(hold()).containsExactly(OFF);
        assertThat(second.heard()).containsExactly("hold numa_balancing");
        assertThat(warden.losses()).isZero();
    }

    @Test
    void asksTheNextOneWhatTheDyingOneDidNotAnswer() {
        coming().dyingAt("check");
        ScriptedLink second = coming();
        hold();

        assertThat(warden.check(NUMA_BALANCING)).containsExactly(OFF);
        assertThat(second.heard()).containsExactly("hold numa_balancing", "check numa_balancing");
        assertThat(warden.losses()).isOne();
    }

    @Test
    void letsTheNextOneRestoreWhatTheDyingOneDidNot() {
        coming().dyingAt("release");
        ScriptedLink second = coming();
        hold();

        assertThat(warden.release(NUMA_BALANCING))
                .extracting(SettingState::kind)
                .containsExactly(Kind.RESTORED);
        assertThat(second.heard()).containsExactly("hold numa_balancing", "release numa_balancing");
    }

    @Test
    void triesOnceMoreWhenTheNextOneDiesToo() {
        coming().dyingAt("check");
        coming().dyingAt("hold");
        coming();
        hold();

        assertThat(warden.check(NUMA_BALANCING)).containsExactly(OFF);
    }

    @Test
    void saysThatItCannotBeReplaced() throws Exception {
        ScriptedLink only = coming();
        hold();

        only.die();

        await(() -> warden.losses() == 1);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> warden.check(NUMA_BALANCING))
                .withMessageContaining("no socket there");
        assertThatExceptionOfType(MachineException.class).isThrownBy(() -> warden.release(NUMA_BALANCING));
        assertThat(warden.release(NUMA_BALANCING)).as("nothing is held now").isEmpty();
    }

    @Test
    void doesNotHangOnOneThatIsStopped() {
        Warden impatient = warden(IMPATIENT);
        ScriptedLink stopped = coming().silentAt("check");
        coming();
        impatient.hold(NUMA_BALANCING, Optional.empty());

        assertThat(impatient.check(NUMA_BALANCING)).containsExactly(OFF);

        assertThat(stopped.isClosed()).isTrue();
        assertThat(impatient.losses()).isOne();
        assertThat(impatient.lastLoss())
                .isEqualTo("the warden (process 4711) did not answer within 500 ms; it is stopped or hangs");
    }

    @Test
    void saysWhatItWaitedForWhenNoneAnswers() {
        Warden impatient = warden(IMPATIENT);
        coming().silentAt("hold");
        coming().silentAt("hold");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> impatient.hold(NUMA_BALANCING, Optional.empty()))
                .withMessageContainingAll("the warden (process 4711) did not answer within 500 ms", "stopped or hangs");
    }

    @Test
    void takesNoLateAnswerForThatOfAnotherQuestion() {
        Warden impatient = warden(IMPATIENT);
        coming().silentAt("hold");
        ScriptedLink late = coming().silentAt("hold");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> impatient.hold(NUMA_BALANCING, Optional.empty()));
        coming();

        late.say("held numa_balancing 4 0\nend");

        assertThat(late.isClosed()).as("let go, so that it restores").isTrue();
        assertThat(impatient.hold(NUMA_BALANCING, Optional.empty())).containsExactly(OFF);
        assertThat(impatient.check(NUMA_BALANCING)).containsExactly(OFF);
    }

    @Test
    void letsGoOfOneThatItDoesNotUnderstand() {
        String unknown = "ready 1 4711\nperhaps numa_balancing 1\nheld numa_balancing 2 0\nend";
        ScriptedLink first = coming().greetingWith(unknown).silentAt("hold");
        ScriptedLink second = coming().greetingWith(unknown).silentAt("hold");
        coming();

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::hold)
                .withMessageContaining("the warden said \"perhaps numa_balancing 1\"");

        assertThat(List.of(first.isClosed(), second.isClosed())).containsOnly(true);
        assertThat(hold()).containsExactly(OFF);
    }

    @Test
    void waitsForTheAnswerInSpiteOfAnInterruptAndKeepsIt() {
        coming();
        hold();
        Thread.currentThread().interrupt();

        assertThat(warden.release(NUMA_BALANCING)).hasSize(1);

        assertThat(Thread.interrupted()).isTrue();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
