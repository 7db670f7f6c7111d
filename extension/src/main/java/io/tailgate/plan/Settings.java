/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.plan.Enforcement.Confirm;
import io.tailgate.plan.Enforcement.Inconclusive;
import io.tailgate.plan.Enforcement.Mode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration keys, their defaults and their precedence: an override, a system property, beats the annotations; a
 * default, from {@code junit-platform.properties}, is beaten by them.
 */
public final class Settings {

    /** Where values are looked up by key. */
    @FunctionalInterface
    public interface Source {
        @Nullable
        String value(String key);
    }

    private static final String MODE = "tailgate.mode";
    private static final String STRICT = "tailgate.strict";
    private static final String INCONCLUSIVE = "tailgate.inconclusive";
    public static final String OUTPUT_DIR = "tailgate.output.dir";
    private static final String SLA_SCALE = "tailgate.sla.scale";
    private static final String FAMILY = "tailgate.family";
    public static final String CONFIRM = "tailgate.confirm";
    private static final String CPU_WAIT = "tailgate.cpus.wait";
    private static final String COMPARE_SEED = "tailgate.compare.seed";

    /** All keys, for whoever hands the values of one run to another. */
    public static final List<String> KEYS = List.of(
            MODE,
            STRICT,
            INCONCLUSIVE,
            OUTPUT_DIR,
            SLA_SCALE,
            FAMILY,
            CONFIRM,
            CPU_WAIT,
            COMPARE_SEED,
            "tailgate.sampling.iterations",
            "tailgate.sampling.warmup",
            "tailgate.sampling.at-most");

    private static final String GRADLE_WORKER = "org.gradle.test.worker"; // set by Gradle in each of its test JVMs

    private final Source overrides;
    private final Source defaults;

    public Settings(Source overrides, Source defaults) {
        this.overrides = overrides;
        this.defaults = defaults;
    }

    public Enforcement enforcement() {
        boolean strict = chosen(STRICT, "false").isTrue();
        Inconclusive inconclusive = chosen(INCONCLUSIVE, "abort").constantOf(Inconclusive.class);
        return new Enforcement(
                mode(),
                strict,
                strict ? Inconclusive.FAIL : inconclusive,
                chosen(SLA_SCALE, "1").positive(),
                chosen(FAMILY, "1").within(1, 1_000_000),
                chosen(CONFIRM, "none").constantOf(Confirm.class));
    }

    public Mode mode() {
        return chosen(MODE, "enforce").constantOf(Mode.class);
    }

    public String outputDirectory() {
        boolean gradle = overrides.value(GRADLE_WORKER) != null;
        Setting directory = chosen(OUTPUT_DIR, gradle ? "build/tailgate" : "target/tailgate");
        if (directory.text().isBlank()) {
            throw new IllegalArgumentException(OUTPUT_DIR + " is blank; name a directory, e.g. target/tailgate");
        }
        return directory.text();
    }

    /** Returns how long a test waits for CPUs on which another JVM measures; zero where it shares them. */
    public Duration cpuWait() {
        Setting wait = chosen(CPU_WAIT, "600 s");
        return wait.text().strip().equals("0") ? Duration.ZERO : TimeText.parse(wait.name(), wait.text());
    }

    /** Returns the seed of the order within a comparison's pairs. */
    public int compareSeed(int byDefault) {
        return chosen(COMPARE_SEED, Integer.toString(byDefault)).within(0, Integer.MAX_VALUE);
    }

    private Setting chosen(String key, String byDefault) {
        return chosen(key, key, byDefault, byDefault);
    }

    /** Chooses between the key and what an annotation declared; an attribute left at its default declares nothing. */
    Setting chosen(String key, String attribute, String declared, String byDefault) {
        String override = overrides.value(key);
        if (override != null) {
            return new Setting(key, override);
        }
        String configured = declared.equals(byDefault) ? defaults.value(key) : null;
        return configured == null ? new Setting(attribute, declared) : new Setting(key, configured);
    }
}
