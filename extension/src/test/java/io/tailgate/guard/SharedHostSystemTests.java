/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.RealBalancing.FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Several JVMs on one host hold the setting at once, as Surefire's forks do. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class SharedHostSystemTests {

    private static final int JVMS = 8;

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    @Test
    void theSecondKeepsItsProtectionWhenTheFirstEnds() throws Exception {
        try (HolderProcess first = HolderProcess.holding("share");
                HolderProcess second = HolderProcess.holding("share")) {
            assertThat(first.finish()).isZero();
            assertThat(BALANCING.read()).isEqualTo("0");
            assertThat(second.disturbance()).isNull();

            assertThat(second.finish()).isZero();
            assertThat(BALANCING.read()).isEqualTo(FOUND);
        }
    }

    @Test
    void theSecondKeepsItsProtectionWhenTheFirstIsKilled() throws Exception {
        try (HolderProcess first = HolderProcess.holding("share");
                HolderProcess second = HolderProcess.holding("share")) {
            first.signal("KILL");
            assertThat(second.disturbance()).isNull();
            assertThat(second.finish()).isZero();
            BALANCING.awaitMillis(FOUND);
        }
    }

    @Test
    void eightAtOnceLeaveItAsItWas() throws Exception {
        List<HolderProcess> holders = new ArrayList<>();
        try {
            for (int i = 0; i < JVMS; i++) {
                holders.add(new HolderProcess("share"));
            }
            for (HolderProcess holder : holders) {
                holder.awaitGuard();
            }
            for (HolderProcess holder : holders) {
                assertThat(holder.disturbance()).isNull();
                assertThat(holder.finish()).isZero();
            }
            assertThat(BALANCING.read()).isEqualTo(FOUND);
        } finally {
            holders.forEach(HolderProcess::close);
        }
    }

    @Test
    void isRestoredThoughAnotherProcessHasTheJvmsEndOfThePipe() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("share")) {
            Path pipe =
                    Files.readSymbolicLink(descriptors(holder.warden().pid()).resolve("0"));
            Path writeEnd = writeEnd(descriptors(holder.pid()), pipe);
            Process leak = new ProcessBuilder(
                            "sh", "-c", "exec 3>\"$1\"; echo has it; read -r _", "leak", writeEnd.toString())
                    .start();
            try {
                assertThat(leak.getInputStream().read()).isEqualTo('h');
                holder.signal("KILL");
                BALANCING.awaitMillis(FOUND);
                assertThat(leak.isAlive()).isTrue();
            } finally {
                leak.destroyForcibly();
            }
        }
    }

    private static Path descriptors(long pid) {
        return Path.of("/proc/" + pid + "/fd");
    }

    private static Path writeEnd(Path descriptors, Path pipe) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(descriptor -> leadsTo(pipe, descriptor))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path pipe, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(pipe);
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }
}
