/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * A habit of the kernel or the processor that makes single iterations slow, and that a setting can silence.
 *
 * <p>Each setting is one <b>of the whole host</b>: every process runs with it until the test ends and the file gets back
 * the text that was read. Permission is that of {@link NumaBalancing#OFF}. A file that has the value already is left alone.
 *
 * @see PinnedNuma#quiet()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum NoiseSource {
    /**
     * {@code /sys/kernel/mm/transparent_hugepage/enabled} is {@code never}: no page fault clears 2 MiB at once, and
     * {@code khugepaged} copies no small pages together. Price: what any process maps meanwhile has small pages, thus
     * more TLB misses, also in the test.
     */
    TRANSPARENT_HUGEPAGES,
    /**
     * {@code /sys/kernel/mm/transparent_hugepage/defrag} is {@code never}: no page fault compacts memory to make a huge
     * page. Price: where memory is fragmented, fewer huge pages for every process.
     */
    HUGEPAGE_DEFRAG,
    /**
     * {@code /proc/sys/kernel/timer_migration} is {@code 0}: timers of idle CPUs no longer expire on busy ones, as the
     * measured ones are. Price: idle CPUs wake for their own timers, which costs power.
     */
    TIMER_MIGRATION,
    /**
     * {@code /proc/sys/vm/stat_interval} is {@code 120} seconds: the kernel's memory counters are folded so seldom
     * instead of each second, by a worker on each CPU. Price: what {@code /proc/meminfo} and {@code /proc/vmstat} show of
     * free and used memory lags, and for up to 120 s after the test still does.
     */
    VM_STATISTICS,
    /**
     * {@code /proc/sys/kernel/nmi_watchdog} is {@code 0}: no CPU is interrupted to see whether it hangs, and its cycle
     * counter is free. Price: a kernel that hangs with interrupts off goes unnoticed meanwhile.
     */
    NMI_WATCHDOG,
    /**
     * {@code /sys/devices/system/cpu/cpu<N>/cpufreq/scaling_governor} is {@code performance} on each measured CPU: its
     * frequency does not sink between iterations. Price: power and heat, also of CPUs that share a frequency with it.
     */
    CPU_GOVERNOR,
    /**
     * {@code /sys/devices/system/cpu/intel_pstate/no_turbo} is {@code 1}, or {@code /sys/devices/system/cpu/cpufreq/boost}
     * is {@code 0}, whichever there is: no frequency that depends on heat and on how busy other cores are. Price: all
     * CPUs are slower, and latencies are not those of a machine with turbo.
     */
    TURBO,
    /**
     * {@code /proc/irq/<N>/smp_affinity_list} of each interrupt is its present list without the measured CPUs, so that
     * devices interrupt others. Price: those have more to do. What cannot move, as timers and most interrupts of NVMe
     * drives, stays; {@code irqbalance} moves the rest back, so stop it: the verdict is inconclusive otherwise.
     */
    INTERRUPTS
}
