/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader of the results must know of the machine and of what was measured on it. */
final class Environment {

    static final String UNKNOWN = "unknown";

    private static final String LIBRARY = "/linux-x86-64/libtailgate_kernels.so";

    /** The extensions that kernels choose by; not all the hundred flags. */
    private static final List<String> FLAGS = List.of("sse4", "ssse3", "avx", "fma", "f16c", "bmi", "amx");

    private Environment() {}

    /** Returns everything that does not depend on the libraries compared. */
    static Map<String, String> of(Path root) {
        String cpuInfo = read(root.resolve("proc/cpuinfo"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("revision", revision());
        environment.put("cpu", field(cpuInfo, "model name"));
        environment.put("cpu flags", flags(field(cpuInfo, "flags")));
        environment.put("microcode", field(cpuInfo, "microcode"));
        environment.put("cpus allowed", field(read(root.resolve("proc/self/status")), "Cpus_allowed_list"));
        environment.put("numa nodes", read(root.resolve("sys/devices/system/node/online")));
        environment.put("memory", field(read(root.resolve("proc/meminfo")), "MemTotal"));
        environment.put("transparent huge pages", read(root.resolve("sys/kernel/mm/transparent_hugepage/enabled")));
        environment.put("huge pages reserved", field(read(root.resolve("proc/meminfo")), "HugePages_Total"));
        environment.put("automatic numa balancing", read(root.resolve("proc/sys/kernel/numa_balancing")));
        environment.put("load average", read(root.resolve("proc/loadavg")));
        environment.put("kernel", read(root.resolve("proc/sys/kernel/osrelease")));
        environment.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return environment;
    }

    /** Returns the size of our library as it is published. */
    static long libraryBytes() {
        URL library = Environment.class.getResource(LIBRARY);
        if (library == null) {
            throw new IllegalStateException("the class path has no " + LIBRARY + "; build the module first");
        }
        try {
            return library.openConnection().getContentLengthLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the value in the first line of {@code name : value}. */
    static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .filter(line -> line.substring(name.length()).stripLeading().startsWith(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String flags(String all) {
        return Stream.of(all.split(" ", -1))
                .filter(flag -> flag.equals(UNKNOWN) || FLAGS.stream().anyMatch(flag::startsWith))
                .collect(Collectors.joining(" "));
    }

    /** A file that this kernel does not have is not known; that is no reason not to measure. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Returns git's name of what was built, with {@code -dirty} if files were changed. */
    private static String revision() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? name : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN; // no git here, or not a clone
        } catch (InterruptedException e) {
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }
}
