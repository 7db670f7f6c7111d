/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** On whatever CPUs this JVM may use; none is named here. */
class PlacementTests {

    private static final int[] ALLOWED = CpuList.allowed().toArray();

    @ParameterizedTest
    @EnumSource
    void pinsOneThreadToEachCpu(Precision precision) throws IOException {
        try (ResNet152 network =
                ResNet152.builder().precision(precision).imageSize(32).build()) {
            assertThreadsPinned(network.threadIds(), ALLOWED);
            network.run();
            assertThreadsPinned(network.threadIds(), ALLOWED);
        }
    }

    @Test
    void pinsToTheCpusOfTheList() throws IOException {
        int last = ALLOWED[ALLOWED.length - 1];
        try (Sgemm sgemm =
                Sgemm.builder().m(8).n(8).k(8).cpus(Integer.toString(last)).build()) {
            assertThreadsPinned(sgemm.threadIds(), last);
        }
    }

    @Test
    void tellsWhereMemoryIs() {
        try (ResNet152 network = ResNet152.builder().widthDivisor(4).build()) {
            MemoryUse use = memoryOf(network);

            assertThat(use.residentBytes())
                    .as("weights of 14 MB, activations of 2 MB")
                    .isBetween(14_000_000L, 100_000_000L);
            assertThat(use.bytesOnNode().values().stream()
                            .mapToLong(bytes -> bytes)
                            .sum())
                    .isEqualTo(use.residentBytes());
        }
    }

    @Test
    void hugePagesAndANodeChangeNoBit() {
        ResNet152.Builder builder =
                ResNet152.builder().precision(Precision.INT8).imageSize(32).widthDivisor(4);
        float[] expected = logits(builder);
        ResNet152.Builder asked = builder.hugePages(true).memoryNode(0);
        try (ResNet152 network = building(asked)) {
            network.run();
            assertThat(network.logits()).isEqualTo(expected);
            assertThat(memoryOf(network).bytesOnNode()).containsOnlyKeys(0);
        }
    }

    @Test
    void aNodeThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResNet152.builder().memoryNode(1023).build())
                .withMessageContaining("NUMA node 1023");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sgemm.builder().memoryNode(-1))
                .withMessageContaining("0 or more, but is -1");
    }

    private static float[] logits(ResNet152.Builder builder) {
        try (ResNet152 network = builder.build()) {
            network.run();
            return network.logits();
        }
    }

    /** Where the kernel has no huge pages or nodes, or a container forbids to ask for them, there is nothing to test. */
    private static ResNet152 building(ResNet152.Builder builder) {
        try {
            return builder.build();
        } catch (UnsupportedOperationException | IllegalArgumentException | KernelException e) {
            throw new TestAbortedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static MemoryUse memoryOf(ResNet152 network) {
        try {
            return network.memory();
        } catch (KernelException e) {
            throw new TestAbortedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Test
    void leavesTheCallersThreadWhereItWas() throws IOException {
        String before = allowedList(Path.of("/proc/thread-self"));
        try (ResNet152 network =
                ResNet152.builder().imageSize(32).widthDivisor(4).build()) {
            network.run();
        }
        assertThat(allowedList(Path.of("/proc/thread-self"))).isEqualTo(before);
    }

    @Test
    void endsItsThreadsWhenClosed() throws InterruptedException {
        long[] ids;
        try (Sgemm sgemm = Sgemm.builder().m(8).n(8).k(8).build()) {
            ids = sgemm.threadIds();
            assertThat(folder(ids[0])).exists();
        }
        // pthread_join returns a moment before the kernel removes the folder
        for (int i = 0; i < 30_000 && Files.exists(folder(ids[0])); i++) {
            Thread.sleep(1);
        }
        assertThat(folder(ids[0])).doesNotExist();
    }

    @Test
    void endsTheThreadsOfANetworkThatNobodyClosed() throws InterruptedException {
        Path thread = threadOfDroppedNetwork();
        for (int i = 0; i < 3_000 && Files.exists(thread); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(thread).doesNotExist();
    }

    @Test
    void keepsANetworkOfWhichOnlyALayerIsUsed() throws InterruptedException {
        Layer layer = dropped().layers().get(0);
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThatCode(layer::run).doesNotThrowAnyException();
    }

    private static Path threadOfDroppedNetwork() {
        ResNet152 network = dropped();
        Path thread = folder(network.threadIds()[0]);
        assertThat(thread).exists();
        network.run(); // until here it is reachable
        return thread;
    }

    private static ResNet152 dropped() {
        return ResNet152.builder().imageSize(32).widthDivisor(4).build();
    }

    @Test
    void namesACpuThatMayNotBeUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResNet152.builder().cpus("100000").build())
                .withMessageMatching("CPU 100000 was asked for, but this thread may use CPUs [0-9,-]+; choose .*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "two; has \"two\" where a CPU number belongs; expected e.g. 0-3,8",
                "0,,1; has \"\" where a CPU number belongs",
                "''; has \"\" where a CPU number belongs",
                "3-1; has a backward range \"3-1\"",
                "0-99999999999; has \"99999999999\" where",
                "0-4000000000; has \"4000000000\" where"
            })
    void saysWhatIsWrongWithACpuList(String list, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResNet152.builder().cpus(list))
                .withMessageContaining("CPU list \"" + list + "\" " + problem);
    }

    private static void assertThreadsPinned(long[] ids, int... cpus) throws IOException {
        assertThat(ids).hasSize(cpus.length).doesNotHaveDuplicates();
        for (int i = 0; i < cpus.length; i++) {
            assertThat(allowedList(folder(ids[i])))
                    .as("mask of thread %d of %s", ids[i], Arrays.toString(cpus))
                    .isEqualTo(Integer.toString(cpus[i]));
        }
    }

    private static Path folder(long threadId) {
        return Path.of("/proc/self/task", Long.toString(threadId));
    }

    private static String allowedList(Path thread) throws IOException {
        return Files.readAllLines(thread.resolve("status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
