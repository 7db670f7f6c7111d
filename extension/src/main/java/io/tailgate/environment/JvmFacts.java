/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.environment;

import static java.util.stream.Collectors.joining;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the running JVM says of itself, as far as it moves a latency. */
final class JvmFacts {

    private JvmFacts() {}

    static Map<String, String> read() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("operating system", property("os.name"));
        facts.put("architecture", property("os.arch"));
        facts.put("java version", property("java.version"));
        facts.put("java vendor", property("java.vendor"));
        facts.put("jvm", property("java.vm.name") + " " + property("java.vm.version"));
        facts.put("jvm mode", property("java.vm.info"));
        facts.put("garbage collectors", collectors());
        facts.put("jvm arguments", tuning(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        facts.put("max heap", mebibytes(Runtime.getRuntime().maxMemory()));
        facts.put("available processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    private static String property(String name) {
        return EnvironmentProbe.orUnknown(System.getProperty(name, ""), "this JVM sets no property " + name);
    }

    private static String collectors() {
        String names = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(joining(", "));
        return EnvironmentProbe.orUnknown(names, "this JVM names no collector");
    }

    /** Keeps what tunes the JVM; system properties are left out, they may hold secrets and paths. */
    static String tuning(List<String> arguments) {
        String tuning = arguments.stream()
                .filter(argument -> argument.startsWith("-X") || isAgent(argument))
                .map(argument -> isAgent(argument) ? agentName(argument) : argument)
                .collect(joining(" "));
        return tuning.isEmpty() ? "none" : tuning;
    }

    private static boolean isAgent(String argument) {
        return argument.startsWith("-javaagent:") || argument.startsWith("-agent");
    }

    /** An agent may slow every call, so it is named; its folder and options are of no use elsewhere. */
    private static String agentName(String argument) {
        int colon = argument.indexOf(':');
        String agent = argument.substring(colon + 1).split("=", 2)[0];
        return argument.substring(0, colon + 1) + agent.substring(agent.lastIndexOf('/') + 1);
    }

    private static String mebibytes(long bytes) {
        return bytes == Long.MAX_VALUE ? "no limit" : String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }
}
