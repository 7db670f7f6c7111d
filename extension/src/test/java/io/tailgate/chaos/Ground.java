/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where faults are injected, one at a time: a setting, a state directory of its own, and the warden under test. */
final class Ground implements AutoCloseable {

    static final String STOP_AT = "TAILGATE_STOP_AT";
    static final String STOP_FIFO = "TAILGATE_STOP_FIFO";

    /** What an ordinary file holds between the two halves of a write; the kernel's files have no such moment. */
    static final String BEING_WRITTEN = "";

    private static final String BOOT_ID = "proc/sys/kernel/random/boot_id";

    private ChaosSetting setting;
    private final Path warden;
    private final Path file;
    private final Path state;
    private final String name;
    private final StopFifo stops;
    private final Map<String, String> environment = new TreeMap<>();

    private Ground(ChaosSetting setting, Path warden, Path file, Path state, Path parent, Path folder)
            throws Exception {
        this.setting = setting;
        this.warden = warden;
        this.file = file;
        this.state = state;
        this.name = parent.getFileName() + "-" + folder.getFileName();
        this.stops = new StopFifo(folder.resolve("stops"));
        environment.put(STOP_FIFO, stops.path().toString());
        environment.put(ChaosKeeper.MARK, parent.toString());
    }

    /** The kernel's own file. */
    static Ground real(ChaosSetting setting, Path warden, Path parent) throws Exception {
        Path folder = Files.createDirectory(parent.resolve(setting.name()));
        Ground ground =
                new Ground(setting, warden, Path.of("/", setting.file()), folder.resolve("state"), parent, folder);
        ground.environment.put("TAILGATE_STATE_DIRECTORY", ground.state.toString());
        return ground;
    }

    /** Ordinary files in place of the kernel's, for everybody. */
    static Ground fake(ChaosSetting setting, Path warden, Path parent) throws Exception {
        Path folder = Files.createDirectory(parent.resolve("fake-" + setting.name()));
        Path root = Files.createDirectory(folder.resolve("root"));
        Path file = root.resolve(setting.file());
        Files.createDirectories(file.getParent());
        Files.writeString(file, setting.others().get(0) + "\n");
        Files.createDirectories(root.resolve("proc/sys/kernel/random"));
        Files.copy(Path.of("/", BOOT_ID), root.resolve(BOOT_ID));
        Files.createDirectories(root.resolve("run"));
        Ground ground = new Ground(setting, warden, file, root.resolve("run/tailgate"), parent, folder);
        ground.environment.put("TAILGATE_ROOT", root.toString());
        return ground;
    }

    /** Leaves out the values that this kernel does not take. */
    Ground onlyWithWhatItAccepts() {
        setting = setting.withOthers(
                setting.others().stream().filter(this::accepts).toList());
        return this;
    }

    private boolean accepts(String value) {
        try {
            Files.writeString(file, value + "\n");
        } catch (IOException e) {
            return false;
        }
        return value().equals(value);
    }

    ChaosSetting setting() {
        return setting;
    }

    /** Returns what things outside of its folder are to be called, so that its keeper finds them. */
    String name() {
        return name;
    }

    Path state() {
        return state;
    }

    Path warden() {
        return warden;
    }

    StopFifo stops() {
        return stops;
    }

    /** Makes the process belong to this ground. */
    ProcessBuilder inside(ProcessBuilder builder) {
        builder.environment().putAll(environment);
        return builder;
    }

    /** Returns the value, or {@link #BEING_WRITTEN}. */
    String value() {
        try {
            // not readString, which takes the first digit of such a file for the whole
            return String.join("", Files.readAllLines(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void change(String value) {
        try {
            Files.writeString(file, value + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + value + " to " + file, e);
        }
        assertThat(value()).as("the value just written to " + file).isEqualTo(value);
    }

    /** Journals, leases and whatever else should not outlive a guard. */
    List<String> leftInState() throws IOException {
        if (!Files.exists(state)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state)) {
            return files.map(left -> left.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    Path journal() {
        return state.resolve(setting.name() + ".journal");
    }

    void clearState() throws IOException {
        for (String left : leftInState()) {
            Files.delete(state.resolve(left));
        }
    }

    /** Makes it fit for another round after one that went wrong. */
    void reset() throws IOException {
        stops.forget();
        if (Files.isSymbolicLink(state) || Files.isRegularFile(state)) {
            Files.delete(state);
        }
        clearState();
    }

    @Override
    public void close() throws IOException {
        stops.close();
    }
}
