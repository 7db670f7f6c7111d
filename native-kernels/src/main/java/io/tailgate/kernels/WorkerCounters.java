/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * What one native thread of a {@link ResNet152} did and underwent since it started; {@link #since} makes the difference
 * of two readings. A round is a run of the network or of a layer, a step of building it, or a reading of these counters.
 *
 * @param threadId the kernel's id, a folder of {@code /proc/self/task}
 * @param cpu the CPU to which it is pinned
 * @param rounds those until this reading, without its own
 * @param busyNanos in rounds, other than {@code waitingNanos}; what another thread took of the CPU meanwhile is in it
 * @param waitingNanos in rounds, for the other threads after a layer that they share
 * @param runDelayNanos it was ready to run, but another thread had the CPU; empty if the kernel does not count it
 * @param voluntarySwitches it slept: between rounds, or after a long wait in one
 * @param involuntarySwitches it had to leave the CPU to another thread
 * @param minorFaults pages mapped at their first touch
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record WorkerCounters(
        long threadId,
        int cpu,
        long rounds,
        long busyNanos,
        long waitingNanos,
        OptionalLong runDelayNanos,
        long voluntarySwitches,
        long involuntarySwitches,
        long minorFaults) {

    private static final int FIELDS = 9; // of tg_worker_counters, each an int64_t

    static List<WorkerCounters> read(NativeHandle handle, int workers) {
        long[] values = new long[workers * FIELDS];
        handle.run(network -> KernelLibrary.get().tg_network_worker_counters(network, values, workers));
        return IntStream.range(0, workers)
                .mapToObj(worker -> of(values, worker * FIELDS))
                .toList();
    }

    private static WorkerCounters of(long[] values, int at) {
        return new WorkerCounters(
                values[at],
                Math.toIntExact(values[at + 1]),
                values[at + 2],
                values[at + 3],
                values[at + 4],
                values[at + 5] < 0 ? OptionalLong.empty() : OptionalLong.of(values[at + 5]),
                values[at + 6],
                values[at + 7],
                values[at + 8]);
    }

    /**
     * Returns what was added between an earlier reading and this one.
     *
     * @throws IllegalArgumentException if the earlier one is of another thread
     */
    public WorkerCounters since(WorkerCounters earlier) {
        if (earlier.threadId != threadId) {
            throw new IllegalArgumentException(
                    "the counters of thread " + threadId + " cannot be compared with those of thread "
                            + earlier.threadId + "; take two readings of one network");
        }
        boolean counted = runDelayNanos.isPresent() && earlier.runDelayNanos.isPresent();
        return new WorkerCounters(
                threadId,
                cpu,
                rounds - earlier.rounds,
                busyNanos - earlier.busyNanos,
                waitingNanos - earlier.waitingNanos,
                counted
                        ? OptionalLong.of(runDelayNanos.getAsLong() - earlier.runDelayNanos.getAsLong())
                        : OptionalLong.empty(),
                voluntarySwitches - earlier.voluntarySwitches,
                involuntarySwitches - earlier.involuntarySwitches,
                minorFaults - earlier.minorFaults);
    }
}
