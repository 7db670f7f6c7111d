/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.MachineException;
import io.tailgate.plan.Placement;
import io.tailgate.plan.SamplingPlan;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestPlan;
import io.tailgate.report.ReportWriter;
import io.tailgate.report.SecondRun;
import io.tailgate.report.TestReport;
import io.tailgate.verdict.Verdict;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test of JUnit's, run by JUnit's launcher in a JVM like this one.
 *
 * <p>This JVM has undone its guard by then: it holds neither CPUs nor settings, and the other one is started by a thread
 * that has its own CPUs and memory policy back.
 */
record FreshJvm(String uniqueId, Class<?> testClass, Map<String, String> parameters) implements FreshRun {

    private static final String LAUNCHER = "org.junit.platform.launcher.Launcher";

    /** For a JVM, its classes and what a class of tests sets up, on a machine that is busy. */
    private static final Duration STARTING = Duration.ofMinutes(2);

    private static final int TIMES_THE_FIRST = 3;

    private static final int LONGEST_WORDS = 300;

    /** JUnit's that decide which test an id means, or what runs with it; a context tells none but what it is asked for. */
    private static final List<String> OF_JUNIT = List.of(
            "junit.jupiter.extensions.autodetection.enabled",
            "junit.jupiter.extensions.autodetection.include",
            "junit.jupiter.extensions.autodetection.exclude",
            "junit.jupiter.testinstance.lifecycle.default",
            "junit.jupiter.conditions.deactivate",
            "junit.jupiter.displayname.generator.default",
            "junit.jupiter.params.displayname.default",
            "junit.jupiter.execution.timeout.default",
            "junit.jupiter.execution.timeout.testable.method.default",
            "junit.jupiter.execution.timeout.test.method.default",
            "junit.jupiter.execution.timeout.testtemplate.method.default",
            "junit.jupiter.execution.timeout.testfactory.method.default",
            "junit.jupiter.execution.timeout.mode",
            "junit.jupiter.execution.timeout.thread.mode.default");

    FreshJvm {
        parameters = Map.copyOf(parameters);
    }

    static FreshJvm of(ExtensionContext context, Class<?> testClass) {
        Map<String, String> parameters = new HashMap<>();
        Stream.concat(Settings.KEYS.stream(), OF_JUNIT.stream())
                .forEach(key -> context.getConfigurationParameter(key).ifPresent(value -> parameters.put(key, value)));
        return new FreshJvm(context.getUniqueId(), testClass, parameters);
    }

    @Override
    public SecondRun after(TestReport first, Duration took) throws FreshRunException, InterruptedException {
        List<Class<?>> needed = List.of(launcher(), FreshMain.class, testClass);
        TestPlan plan = first.plan();
        ReportWriter reports = new ReportWriter();
        try {
            Path folder = reports.folderOfSecondRun(plan.name(), plan.outputDirectory());
            FreshCommand command = command(needed, folder);
            Path output = folder.resolve("output.txt");
            Duration limit = limit(plan, took);
            Console.line(plan.name() + " FAILED; a fresh process is to confirm it within " + limit.toSeconds()
                    + " s, its output is in " + output);
            String end = run(command, folder, output, limit);
            Verdict verdict = verdict(reports, first, folder)
                    .orElseThrow(() -> new FreshRunException("it left no report; " + end));
            return SecondRun.fresh(verdict, reports.pageOfSecondRun(plan.name()), command.left());
        } catch (IOException | MachineException e) {
            throw new FreshRunException("it could not be started: " + e.getMessage(), e);
        }
    }

    /** Returns how it ended, with what it said last. */
    private String run(FreshCommand command, Path folder, Path output, Duration limit)
            throws IOException, FreshRunException, InterruptedException {
        try (FreshProcess process = FreshProcess.start(command.words(), order(folder), output)) {
            return process.await(limit) + lastWords(output);
        } catch (FreshRunException e) {
            throw new FreshRunException(e.getMessage() + lastWords(output), e);
        }
    }

    private static Class<?> launcher() throws FreshRunException {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {FreshJvm.class.getClassLoader(), ofThread}) {
            try {
                return Class.forName(LAUNCHER, false, loader);
            } catch (ClassNotFoundException e) {
                // the next one may have it
            }
        }
        throw new FreshRunException("JUnit's launcher is not on the class path of the tests; add"
                + " org.junit.platform:junit-platform-launcher"
                + Optional.ofNullable(AnnotationSupport.class.getPackage().getImplementationVersion())
                        .map(version -> ":" + version)
                        .orElse("")
                + " with scope test (Gradle: testRuntimeOnly)");
    }

    private static FreshCommand command(List<Class<?>> needed, Path folder) throws IOException {
        Path classPath = folder.resolve("class-path.txt");
        List<String> entries = FreshClassPath.of(System::getProperty, needed);
        Files.writeString(classPath, FreshCommand.classPathFile(entries, File.pathSeparator), nativeEncoding());
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return FreshCommand.of(java(), options, classPath, FreshMain.class);
    }

    private static Charset nativeEncoding() {
        return Charset.forName(System.getProperty("native.encoding", StandardCharsets.UTF_8.name()));
    }

    /** Returns the program that runs here; one that is no java has a JVM in itself. */
    private static Path java() {
        return ProcessHandle.current()
                .info()
                .command()
                .map(Path::of)
                .filter(program -> String.valueOf(program.getFileName()).startsWith("java"))
                .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    /** What decides about reports and a further run is set where nothing overrides it. */
    private FreshOrder order(Path folder) {
        Map<String, String> properties = new HashMap<>();
        for (String key : System.getProperties().stringPropertyNames()) {
            if (!key.startsWith("sun.java.")) { // the launcher's own
                properties.put(key, System.getProperty(key, ""));
            }
        }
        properties.put(Settings.OUTPUT_DIR, folder.toString());
        properties.put(Settings.CONFIRM, "none");
        return new FreshOrder(uniqueId, parameters, properties);
    }

    /** Three times what the first run took; one that may stop early can also last as long as it may. */
    static Duration limit(TestPlan plan, Duration took) {
        SamplingPlan sampling = plan.sampling();
        Placement place = plan.placement();
        return STARTING.plus(took.multipliedBy(TIMES_THE_FIRST))
                .plus(sampling.iterations() == 0 ? sampling.atMost() : Duration.ZERO)
                .plus(place == null ? Duration.ZERO : place.cpuWait());
    }

    private static Optional<Verdict> verdict(ReportWriter reports, TestReport first, Path folder)
            throws FreshRunException {
        try {
            return reports.readVerdict(first.plan().name(), folder, first.verdict());
        } catch (IllegalArgumentException e) {
            throw new FreshRunException(e.getMessage() + "; its output is in " + folder, e);
        }
    }

    private static String lastWords(Path output) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(output)) {
            file.position(Math.max(0, file.size() - LONGEST_WORDS));
            byte[] end = Channels.newInputStream(file).readAllBytes();
            String words = new String(end, Charset.defaultCharset()).strip().replaceAll("\\s+", " ");
            return ", its last words: \"" + words + "\", all of them in " + output;
        }
    }
}
