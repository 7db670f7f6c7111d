/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.TestAbortedException;

/** Another JVM where less is permitted, while balancing is really on: what it tells, and what it reaches instead. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
@Timeout(120)
class RestrictedPlacesSystemTests {

    private static final List<String> READ_ONLY = List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            "mount --bind /proc/sys /proc/sys; mount -o remount,ro,bind /proc/sys; exec \"$@\"",
            "sh");
    private static final List<String> CONTAINER = List.of("unshare", "--pid", "--fork", "--mount-proc");
    private static final List<String> ROOTLESS_CONTAINER = List.of("unshare", "--user", "--map-root-user");
    private static final List<String> ORDINARY_USER = List.of("unshare", "--user");
    private static final List<String> NO_SYS_ADMIN =
            List.of("setpriv", "--inh-caps=-sys_admin", "--bounding-set=-sys_admin");
    private static final List<String> SECCOMP = List.of(
            Path.of("target", "warden", "deny-numa-calls").toAbsolutePath().toString());

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    @BeforeEach
    void needsAPlaceThatPermitsMore() {
        try {
            Machines.ofThisHost().threadPolicy();
        } catch (MachineException e) {
            throw new TestAbortedException("needs memory policies to be allowed outside of the places made here", e);
        }
    }

    @Test
    void sweepsWhereTheKernelsSettingsAreReadOnly() throws Exception {
        assertThat(protectionIn(READ_ONLY)).startsWith("POLICY_SWEEP ").contains("cannot write", "EROFS");
    }

    @Test
    void sweepsWhereRootMayNotAdministrate() throws Exception {
        assertThat(protectionIn(NO_SYS_ADMIN)).startsWith("POLICY_SWEEP ").contains("EPERM", "CAP_SYS_ADMIN");
    }

    @Test
    void sweepsInAContainer() throws Exception {
        assertThat(protectionIn(CONTAINER))
                .startsWith("POLICY_SWEEP ")
                .contains("not in the host's process namespace: a container must not change settings of its host");
    }

    @Test
    void sweepsInARootlessContainer() throws Exception {
        assertThat(protectionIn(ROOTLESS_CONTAINER))
                .startsWith("POLICY_SWEEP ")
                .contains("not in the host's user namespace: a container must not change settings of its host");
    }

    @Test
    void sweepsAsAnOrdinaryUser() throws Exception {
        assertThat(protectionIn(ORDINARY_USER))
                .startsWith("POLICY_SWEEP ")
                .contains("only root may change the host, and this is user 65534", "docs/warden.md");
    }

    @Test
    void onlyObservesWhereDockersFilterRefusesPoliciesToo() throws Exception {
        assertThat(protectionIn(both(NO_SYS_ADMIN, SECCOMP)))
                .startsWith("OBSERVE_ONLY ")
                .contains("CAP_SYS_ADMIN", "memory policy LOCAL was refused", "run it with --cap-add SYS_NICE");
    }

    @Test
    void saysWhatTheFilterRefusesWhereTheSettingHelps() throws Exception {
        assertThat(protectionIn(SECCOMP))
                .startsWith("SYSCTL ")
                .contains("kernel.numa_balancing was 1 and was set to 0", "run it with --cap-add SYS_NICE");
    }

    @Test
    void saysThatTheJvmsOwnThreadsShareAnOnlyCpu() throws Exception {
        assertThat(protectionIn(List.of("taskset", "-c", "0")))
                .startsWith("SYSCTL ")
                .contains("the JVM's own threads share CPUs 0 with the test: no other is free");
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Returns tier and reason. */
    private static String protectionIn(List<String> place) throws IOException, InterruptedException {
        assumeCanBeMade(place);
        Process jvm = new ProcessBuilder(both(place, commandOfJvm()))
                .redirectError(ProcessBuilder.Redirect.INHERIT) // where newer JDKs warn of JNA
                .start();
        String protection = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as(protection).isZero();
        assertThat(BALANCING.awaitMillis(RealBalancing.FOUND)).isLessThan(RealBalancing.LONGEST_RESTORE_MS);
        return protection;
    }

    private static void assumeCanBeMade(List<String> place) throws IOException, InterruptedException {
        Process made = new ProcessBuilder(both(place, List.of("true")))
                .redirectErrorStream(true)
                .start();
        String words = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(made.waitFor() == 0, () -> "needs a host that allows " + String.join(" ", place) + ": " + words);
    }

    private static List<String> commandOfJvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Guarded.class.getName());
    }

    /** Says how it is protected. */
    static final class Guarded {

        private static final Placement PLACEMENT =
                new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.LOCAL, BalancingPlan.OFF, List.of());

        private Guarded() {}

        public static void main(String[] args) {
            try (Guard guard = Guard.apply(PLACEMENT, Machines.ofThisHost())) {
                guard.startWindow();
                guard.endWindow();
                Protection protection = guard.protection();
                System.out.println(protection.tier() + " " + protection.reason());
            }
        }
    }
}
