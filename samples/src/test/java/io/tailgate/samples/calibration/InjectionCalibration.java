/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slowness of a known kind: which verdict and which cause it gets. One JVM each. */
class InjectionCalibration {

    private static final String STOP_AND_GO =
            "while kill -STOP %1$d; do sleep 0.005; kill -CONT %1$d; sleep 0.002; done";
    private static final String FREEZES =
            "for i in 1 2 3; do kill -STOP %1$d; sleep 0.5; kill -CONT %1$d; sleep 0.1; done";

    /** Of some 200 iterations with an injection; the rest may be counted to what happened besides. */
    private static final int MOST = 100;

    @ParameterizedTest
    @CsvSource({
        "NOTHING, PASS, ",
        "BUSY_WAIT, FAIL, UNEXPLAINED",
        "SLEEP, FAIL, BLOCKING",
        "FAULT_STORM, FAIL, FIRST_TOUCH",
        "CPU_HOG, INCONCLUSIVE, PREEMPTION",
        "SIGSTOP, FAIL, BLOCKING",
        "THREE_FREEZES, PASS, ",
    })
    void anInjectionGetsItsVerdictAndItsCause(Injection injection, String verdict, String cause) throws Exception {
        ReportFile report = run(injection);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | worst %.0f x median | %s |%n",
                injection,
                report.verdict(),
                report.causes(),
                report.maxTimesMedian(),
                report.reasons());
        if (verdict.equals("PASS")) {
            // a machine that something else keeps busy may hide a PASS, but must be named
            assertThat(report.verdict().equals("PASS") || report.namesDisturbance())
                    .isTrue();
            assertThat(report.verdict()).isNotEqualTo("FAIL");
        } else {
            assertThat(report.verdict()).isEqualTo(verdict);
            // where others take the CPU from one iteration in forty, causes are mixed
            assertThat(report.causes().getOrDefault(cause, 0) > MOST || report.disturbedIterations() > MOST)
                    .isTrue();
        }
        if (injection == Injection.THREE_FREEZES) {
            assertThat(report.maxNs()).isGreaterThan(450_000_000);
        }
    }

    private static ReportFile run(Injection injection) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dtailgate.output.dir=" + Path.of("target", "calibration"),
                        Injected.class.getName(),
                        injection.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            return report(injection, process, output);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static ReportFile report(Injection injection, Process process, BufferedReader output)
            throws IOException, InterruptedException {
        await(output, Injected.READY);
        try (Hogs hogs = injection == Injection.CPU_HOG ? Hogs.on(Injected.CPU) : Hogs.anywhere(0)) {
            Process signals = signals(injection, process.pid());
            String page = await(output, Injected.PAGE);
            hogs.requireAlive();
            signals.destroyForcibly().waitFor();
            return ReportFile.beside(page);
        }
    }

    /** Starts what stops the process; on another CPU than it runs on. */
    private static Process signals(Injection injection, long pid) throws IOException {
        String script = switch (injection) {
            case SIGSTOP -> STOP_AND_GO;
            case THREE_FREEZES -> FREEZES;
            default -> "exit";
        };
        return new ProcessBuilder("sh", "-c", String.format(Locale.ROOT, script, pid)).start();
    }

    /** Returns what follows in the line that begins so. */
    private static String await(BufferedReader output, String beginning) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
            text.append(line).append('\n');
        }
        throw new AssertionError("the process ended before it printed " + beginning + ", after:\n" + text);
    }
}
