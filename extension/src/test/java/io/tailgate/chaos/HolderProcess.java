/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.KernelSetting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link Holder}: the JVM that is going to die. */
final class HolderProcess extends Client {

    private static final List<String> SMALL_AND_QUICK = List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData", "-Xmx32m", "-Xss256k");

    private long warden;

    private HolderProcess(Ground ground, LineProcess process) {
        super(ground, process);
    }

    static HolderProcess start(Ground ground) throws IOException {
        return start(ground, List.of(), List.of("-cp", ownClasses(), Holder.class.getName()));
    }

    /** Returns one that leads a process group of its own and minds every signal, however this build was started. */
    static HolderProcess inOwnGroup(Ground ground) throws IOException {
        List<String> prefix = List.of("env", "--default-signal", "setsid");
        return start(ground, prefix, List.of("-cp", ownClasses(), Holder.class.getName()));
    }

    static HolderProcess withOptions(Ground ground, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-cp", ownClasses(), Holder.class.getName()));
        return start(ground, List.of(), arguments);
    }

    static HolderProcess withJna(Ground ground) throws IOException {
        String classPath = System.getProperty("java.class.path");
        return start(ground, List.of(), List.of("-cp", classPath, Holder.class.getName()));
    }

    /** Returns one that holds by a guard's own classes; these start their warden themselves. */
    static HolderProcess production(Ground ground) throws IOException {
        String classPath = ownClasses() + File.pathSeparator + classesOf(KernelSetting.class);
        String main = "io.tailgate.machine.linux.ProductionHolder";
        return start(ground, List.of(), List.of("-cp", classPath, main));
    }

    private static HolderProcess start(Ground ground, List<String> prefix, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_AND_QUICK);
        command.addAll(arguments);
        command.add(ground.warden().toString());
        ProcessBuilder builder = ground.inside(new ProcessBuilder(command));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return new HolderProcess(ground, new LineProcess(builder));
    }

    private static String ownClasses() {
        return classesOf(Holder.class);
    }

    private static String classesOf(Class<?> one) {
        return Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    long pid() {
        return process.pid();
    }

    long warden() {
        return warden;
    }

    /** Learns which warden it is that a guard's own classes have started. */
    void asksForItsWarden() throws InterruptedException {
        process.say("!warden");
        warden = numberIn("!warden ");
    }

    HolderProcess startWarden() throws InterruptedException {
        return startWarden(Optional.empty());
    }

    HolderProcess startWarden(Optional<FaultPoint> stop) throws InterruptedException {
        process.say("!warden " + stop.map(FaultPoint::wardenName).orElse("-"));
        warden = numberIn("!warden ");
        return this;
    }

    /** Has the holder do something that it answers with the number of a process. */
    long start(String what) throws InterruptedException {
        process.say(what);
        return numberIn(what + " ");
    }

    private long numberIn(String beginning) throws InterruptedException {
        List<String> lines = process.hearUntil(beginning);
        return Long.parseLong(lines.get(lines.size() - 1).substring(beginning.length()));
    }

    /** The holder lives and has seen that its warden does not. */
    void seesItsWardenGone() throws InterruptedException {
        process.hearUntil("!gone");
    }

    /** Ends by itself, and its warden with it. */
    void leave() throws InterruptedException {
        process.closeInput();
        assertThat(process.exitValue()).as("exit value of the holder").isZero();
        awaitWardenGone();
    }

    void awaitWardenGone() {
        Waiting.until(() -> ProcessState.isGone(warden), () -> "warden " + warden + " ends");
    }
}
