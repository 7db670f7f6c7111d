/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import com.sun.jna.ptr.IntByReference;
import java.util.BitSet;

/** CPU numbers, from the kernel's list format, {@code 0-3,8}. */
final class CpuList {

    private static final int MOST_CPUS = 1 << 20; // far beyond Linux's limit; keeps "0-2000000000" from filling memory

    private final int[] cpus;

    private CpuList(int[] cpus) {
        this.cpus = cpus;
    }

    static CpuList parse(String list) {
        BitSet cpus = new BitSet();
        for (String range : list.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = cpuNumber(dash < 0 ? range : range.substring(0, dash), list);
            int last = dash < 0 ? first : cpuNumber(range.substring(dash + 1), list);
            if (last < first) {
                throw new IllegalArgumentException(
                        "CPU list \"" + list + "\" has a backward range \"" + range + "\"; write the lower CPU first");
            }
            cpus.set(first, last + 1);
        }
        return new CpuList(cpus.stream().toArray());
    }

    private static int cpuNumber(String text, String list) {
        try {
            int cpu = Integer.parseUnsignedInt(text.strip());
            if (cpu >= 0 && cpu < MOST_CPUS) {
                return cpu;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notANumber(text, list), e);
        }
        throw new IllegalArgumentException(notANumber(text, list));
    }

    private static String notANumber(String text, String list) {
        return "CPU list \"" + list + "\" has \"" + text + "\" where a CPU number belongs; expected e.g. 0-3,8";
    }

    /** Returns the CPUs that the calling thread may use. */
    static CpuList allowed() {
        KernelLibrary library = KernelLibrary.get();
        IntByReference count = new IntByReference();
        Status.check(library.tg_allowed_cpus(null, 0, count));
        int[] cpus = new int[count.getValue()];
        Status.check(library.tg_allowed_cpus(cpus, cpus.length, count));
        return new CpuList(cpus);
    }

    int size() {
        return cpus.length;
    }

    /** Returns the numbers, ascending. */
    int[] toArray() {
        return cpus.clone();
    }

    /** Returns the kernel's list format, which {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < cpus.length; i++) {
            int first = i;
            while (i + 1 < cpus.length && cpus[i + 1] == cpus[i] + 1) {
                i++;
            }
            list.append(list.isEmpty() ? "" : ",").append(cpus[first]);
            if (i > first) {
                list.append('-').append(cpus[i]);
            }
        }
        return list.toString();
    }
}
