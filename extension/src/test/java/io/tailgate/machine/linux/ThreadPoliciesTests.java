/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies of threads as a 6.18 kernel shows them, captured with the pages mapped below. */
class ThreadPoliciesTests {

    private static final int BIND_STATIC_BALANCING = 2 | 1 << 15 | 1 << 13;

    @TempDir
    Path proc;

    private final FakeLibC libc = new FakeLibC();

    private void thread(int tid, String name, String captured) throws IOException {
        Path task = Files.createDirectories(proc.resolve("self/task/" + tid));
        Files.copy(Path.of("src/test/resources/numa-maps", captured + ".txt"), task.resolve("numa_maps"));
        Files.writeString(task.resolve("comm"), name + "\n");
    }

    private ThreadPolicies policies() {
        return new ThreadPolicies(proc, libc);
    }

    @ParameterizedTest
    @CsvSource({
        "default, default, false",
        "local, local, true",
        "prefer, prefer:0, true",
        "bind, bind:0, true",
        "bind-static, bind=static:0, true",
        "bind-relative, bind=relative:0, true",
        "bind-balancing, bind=balancing:0, false",
        "bind-static-balancing, bind=static|balancing:0, false",
        "bind-balancing-before-6.13, bind=:0, false",
        "prefer-many, prefer (many):0, true",
        "prefer-many-balancing, prefer (many)=balancing:0, false",
        "interleave, interleave:0, true",
        "weighted-interleave, weighted interleave:0, true",
        "weighted-interleave-relative, weighted interleave=relative:0, true",
    })
    void tellsWhichPolicyShields(String captured, String policy, boolean shields) throws IOException {
        thread(4243, "GC Thread#0", captured);
        assertThat(policies().read()).containsExactly(new ThreadPolicy(4243, "GC Thread#0", policy, shields));
    }

    @Test
    void takesTheFlagThatOlderKernelsDoNotShowFromTheCallingThread() throws IOException {
        thread(FakeLibC.TID, "main", "bind-static");
        thread(4243, "GC Thread#0", "bind-static");
        thread(4244, "VM Thread", "local");
        libc.mode(BIND_STATIC_BALANCING);
        assertThat(policies().read())
                .extracting(ThreadPolicy::tid, ThreadPolicy::shields)
                .containsExactlyInAnyOrder(tuple(FakeLibC.TID, false), tuple(4243, false), tuple(4244, true));
    }

    @Test
    void needsNoSystemCallThatSeccompRefuses() throws IOException {
        thread(4243, "GC Thread#0", "local");
        libc.refusing("get_mempolicy", 1, "Operation not permitted");
        assertThat(policies().read()).singleElement().matches(ThreadPolicy::shields);
    }

    @Test
    void forgetsAThreadThatHasEnded() throws IOException {
        thread(4243, "GC Thread#0", "local");
        Files.createDirectories(proc.resolve("self/task/4244"));
        assertThat(policies().read()).hasSize(1);
    }

    @Test
    void unmapsWhatItMappedToRead() throws IOException {
        thread(4243, "GC Thread#0", "local");
        policies().read();
        assertThat(libc.calls())
                .hasSize(13)
                .startsWith("mmap 100000", "mmap 120000")
                .endsWith("munmap 100000+180000");
    }

    @Test
    void doesNotTakeThePolicyOfAMappingForThatOfTheThread() throws IOException {
        thread(4243, "GC Thread#0", "local");
        Files.writeString(proc.resolve("self/task/4243/numa_maps"), "00010000 bind:0 anon=1 N0=1\n");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> policies().read())
                .withMessageContaining("begins with \"00010000 bind:0");
    }
}
