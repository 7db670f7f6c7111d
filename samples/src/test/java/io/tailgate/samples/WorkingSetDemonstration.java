/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import io.tailgate.MemoryPolicy;
import io.tailgate.NumaBalancing;
import io.tailgate.Tailgate;
import io.tailgate.TailgateResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two threads that read 256 MB over and over: what automatic NUMA balancing does to them, in minor faults.
 *
 * <p>Run by {@code samples/demonstrate-without-root}; prints one line of {@code name=value}. Faults are counted from the
 * third second to the last iteration. Each hinting fault is a minor fault, so there are at most that many.
 */
public final class WorkingSetDemonstration {

    private static final int CHUNKS = 4096;
    private static final int CHUNK = 1 << 16;
    private static final int PAGE = 4096;
    private static final long SETTLING_NS = 3_000_000_000L; // the JVM compiles and maps at first
    private static final int MINOR_FAULTS = 7; // after the name in proc_pid_stat(5)

    private final byte[][] memory = new byte[CHUNKS][CHUNK];
    private final long start = System.nanoTime();
    private final AtomicLong first = new AtomicLong(-1);
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();

    private WorkingSetDemonstration() {}

    /** Takes {@code unguarded}, which pins to CPUs only, or {@code guarded}, and how many seconds to measure. */
    public static void main(String[] arguments) throws Exception {
        boolean guarded = arguments[0].equals("guarded");
        Tailgate options = guarded
                ? Tailgate.pinnedNuma().numaBalancing(NumaBalancing.SHIELDED)
                : Tailgate.pinnedNuma().numaBalancing(NumaBalancing.UNCHANGED).memory(MemoryPolicy.UNCHANGED);
        new WorkingSetDemonstration().run(options.threads(2).warmup(20).atMost(arguments[1] + " s"));
    }

    private void run(Tailgate options) throws Exception {
        for (byte[] chunk : memory) {
            for (int at = 0; at < CHUNK; at += PAGE) {
                chunk[at] = 1;
            }
        }
        long onHost = vmstat("numa_hint_faults");
        TailgateResult result = Tailgate.measure("workingSet", options, this::iteration);
        System.out.printf(
                "iterations=%d minor_faults=%d hint_faults_on_host=%d tier=%s%nreason: %s%n",
                result.iterations(),
                last.get() - first.get(),
                vmstat("numa_hint_faults") - onHost,
                inReport(result, "tier"),
                inReport(result, "reason"));
    }

    private void iteration() throws IOException {
        if (System.nanoTime() - start >= SETTLING_NS) {
            first.compareAndSet(-1, minorFaults());
        }
        int read = 0;
        for (byte[] chunk : memory) {
            for (int at = 0; at < CHUNK; at += PAGE) {
                read += chunk[at];
            }
        }
        sum.addAndGet(read); // or the compiler would leave it all out
        last.accumulateAndGet(minorFaults(), Math::max);
    }

    /** Minor faults of all threads, ended ones included. */
    private static long minorFaults() throws IOException {
        String stat = line(Path.of("/proc/self/stat"), "");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[MINOR_FAULTS]);
    }

    private static long vmstat(String name) throws IOException {
        return Long.parseLong(line(Path.of("/proc/vmstat"), name + " ").substring(name.length() + 1));
    }

    private static String line(Path file, String start) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IOException(file + " has no line that begins with " + start));
    }

    private static String inReport(TailgateResult result, String key) throws IOException {
        String json = Files.readString(Path.of(result.page().replaceAll("html$", "json")));
        Matcher found = Pattern.compile("\"" + key + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json);
        return found.find() ? found.group(1) : "unknown";
    }
}
