/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which CPU serves the devices, from {@code /proc/interrupts}: one column a CPU, one line an interrupt.
 *
 * <p>Only lines with a number are devices; timers, calls between CPUs and the like come with whatever runs there. Read
 * once: it takes milliseconds on a host of many CPUs, and devices are bound to CPUs for long.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_interrupts.5.html">proc_interrupts(5)</a>
 */
final class DeviceInterrupts {

    private final Path file;
    private @Nullable Map<Integer, Long> counts;

    DeviceInterrupts(Path proc) {
        this.file = proc.resolve("interrupts");
    }

    synchronized Map<Integer, Long> byCpu() {
        if (counts == null) {
            counts = read();
        }
        return counts;
    }

    private Map<Integer, Long> read() {
        try {
            return parse(KernelFiles.lines(file));
        } catch (IOException e) {
            return Map.of(); // as on some sandboxes; no CPU is then avoided for its devices
        }
    }

    static Map<Integer, Long> parse(List<String> lines) {
        List<Integer> cpus = new ArrayList<>();
        Map<Integer, Long> counts = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields[0].startsWith("CPU")) {
                List.of(fields).forEach(cpu -> cpus.add(Integer.parseInt(cpu.substring("CPU".length()))));
            } else if (fields[0].matches("\\d+:") && fields.length > cpus.size()) {
                for (int i = 0; i < cpus.size(); i++) {
                    counts.merge(cpus.get(i), Long.parseLong(fields[i + 1]), Long::sum);
                }
            }
        }
        return counts;
    }
}
