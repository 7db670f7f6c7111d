/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadPolicy;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each thread's memory policy, from the first line of its {@code numa_maps}.
 *
 * <p>A line shows the policy of a mapping, or that of the thread where the mapping has none; the kernel walks the page
 * tables of each mapping that it shows. The first of a JVM is its heap: gigabytes, maybe with a policy of its own. So a
 * few empty pages are mapped below everything else while this reads, as many as fill a read.
 */
final class ThreadPolicies {

    private static final long LOWEST = 1 << 20; // above vm.mmap_min_addr (64 KiB), below any program
    private static final long PAGE = 1 << 16; // the largest there is
    private static final long STRIDE = 2 * PAGE; // apart, or they would be one mapping
    private static final int PAGES = 12;

    /** Less than the lines of all those pages, each of 15 characters or more. */
    private static final int READ_SIZE = 160;

    private static final int MPOL_F_NUMA_BALANCING = 1 << 13; // linux/mempolicy.h

    private final Path tasks;
    private final LibC libc;

    ThreadPolicies(Path proc, LibC libc) {
        this.tasks = proc.resolve("self/task");
        this.libc = libc;
    }

    List<ThreadPolicy> read() {
        synchronized (ThreadPolicies.class) { // a process has one lowest address
            try {
                for (int page = 0; page < PAGES; page++) {
                    libc.mmapNothing(LOWEST + page * STRIDE, PAGE);
                }
                return readAll();
            } finally {
                libc.munmap(LOWEST, PAGES * STRIDE);
            }
        }
    }

    private List<ThreadPolicy> readAll() {
        List<ThreadPolicy> policies = new ArrayList<>();
        String balanced = policyWithBalancing();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String policy = policy(thread);
                if (policy != null) {
                    boolean shields = NumaMaps.shields(policy) && !policy.equals(balanced);
                    int tid = Integer.parseInt(thread.getFileName().toString());
                    policies.add(new ThreadPolicy(tid, name(thread), policy, shields));
                }
            }
        } catch (IOException e) {
            throw new MachineException("cannot list the threads of this process in " + tasks + ": " + e, e);
        }
        return policies;
    }

    /**
     * Returns the policy of the calling thread if it opts in to balancing: older kernels do not show it beside another
     * flag. Threads inherit it, so who has the same one has the same flag.
     */
    private @Nullable String policyWithBalancing() {
        try {
            boolean balanced = (libc.getMempolicy(null, LibC.NO_ADDRESS) & MPOL_F_NUMA_BALANCING) != 0;
            return balanced ? policy(tasks.resolve(Integer.toString(libc.gettid()))) : null;
        } catch (ErrnoException e) {
            return null; // refused by seccomp, where the line must do
        }
    }

    /** Returns null if the thread has ended. */
    private static @Nullable String policy(Path thread) {
        return head(thread.resolve("numa_maps"))
                .map(head -> {
                    String line = head.lines().findFirst().orElse("");
                    if (!line.startsWith(String.format(Locale.ROOT, "%08x ", LOWEST))) {
                        throw new MachineException("cannot tell the memory policies of threads: " + thread
                                + "/numa_maps begins with \"" + line + "\", not with the page mapped for it");
                    }
                    return NumaMaps.policy(line);
                })
                .orElse(null);
    }

    private static String name(Path thread) {
        return head(thread.resolve("comm")).map(String::strip).orElse("ended");
    }

    private static Optional<String> head(Path file) {
        byte[] bytes = new byte[READ_SIZE];
        try (InputStream in = new FileInputStream(file.toFile())) {
            int count = in.read(bytes);
            return count <= 0
                    ? Optional.empty()
                    : Optional.of(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty(); // ended meanwhile
        }
    }
}
