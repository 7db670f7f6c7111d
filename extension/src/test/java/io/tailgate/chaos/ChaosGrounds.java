/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All grounds of a run, in a folder of their own, under the eyes of a keeper. */
final class ChaosGrounds implements AutoCloseable {

    private final Path folder;
    private final ChaosKeeper keeper;
    private final List<Ground> grounds = new ArrayList<>();

    private ChaosGrounds(Path folder, List<ChaosSetting> kept) throws IOException {
        this.folder = folder;
        keeper = new ChaosKeeper(
                folder,
                kept.stream().map(setting -> Path.of("/", setting.file())).toList());
    }

    /** The settings of this host that its kernel has, each with at least two values besides the wanted one. */
    static ChaosGrounds ofTheKernel(Path warden) throws Exception {
        List<ChaosSetting> settings = new ArrayList<>();
        for (ChaosSetting setting : List.of(ChaosSetting.NUMA_BALANCING, ChaosSetting.VM_STAT_INTERVAL)) {
            if (Files.isWritable(Path.of("/", setting.file()))) {
                settings.add(setting);
            }
        }
        ChaosGrounds grounds = new ChaosGrounds(folderIn(Path.of("/run")), settings);
        for (ChaosSetting setting : settings) {
            grounds.addIfFit(Ground.real(setting, warden, grounds.folder));
        }
        return grounds;
    }

    static ChaosGrounds ofAFakeTree(Path warden) throws Exception {
        Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        ChaosGrounds grounds = new ChaosGrounds(folderIn(parent), List.of());
        grounds.grounds.add(Ground.fake(ChaosSetting.NUMA_BALANCING, warden, grounds.folder));
        grounds.grounds.add(Ground.fake(ChaosSetting.VM_STAT_INTERVAL, warden, grounds.folder));
        return grounds;
    }

    private static Path folderIn(Path parent) throws IOException {
        Path folder = parent.resolve("tailgate-chaos-" + ProcessHandle.current().pid());
        return Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Kernels before 5.18 know two values of NUMA balancing, too few for a foreign one. */
    private void addIfFit(Ground ground) throws Exception {
        if (ground.onlyWithWhatItAccepts().setting().others().size() >= 2) {
            grounds.add(ground);
        } else {
            ground.close();
        }
    }

    /** Finds processes by their environment: whoever started them, and however often. */
    void assertNobodyLeft() throws IOException {
        String mark = ChaosKeeper.MARK + "=" + folder;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            assertThat(processes.map(process -> process.resolve("environ")).filter(environ -> contains(environ, mark)))
                    .as("processes left")
                    .isEmpty();
        }
    }

    private static boolean contains(Path environ, String mark) {
        try {
            String text = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
            return List.of(text.split("\0")).contains(mark);
        } catch (IOException e) {
            return false; // gone meanwhile, or another user's
        }
    }

    List<Ground> all() {
        return grounds;
    }

    @Override
    public void close() throws IOException {
        for (Ground ground : grounds) {
            ground.close();
        }
        keeper.close();
    }
}
