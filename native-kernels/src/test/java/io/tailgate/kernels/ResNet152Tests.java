/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResNet152Tests {

    private static ResNet152.Builder reduced(Precision precision) {
        return ResNet152.builder().precision(precision).imageSize(32).widthDivisor(4);
    }

    @ParameterizedTest
    @EnumSource
    void computesTheWholePublishedNetwork(Precision precision) {
        try (ResNet152 network =
                ResNet152.builder().precision(precision).batch(2).build()) {
            network.run();
            assertThat(network.logits()).hasSize(2 * ResNet152.CLASSES);
            assertThat(spread(network.logits())).isBetween(0.2, 5.0);
            assertThat(network.layers()).hasSize(1 + 1 + 4 + 3 * 50 + 1 + 1);
            assertThat(network.layers().get(0)).hasToString("conv1 7x7 3->64 @224 s2");
        }
    }

    @Test
    void int8AgreesWithFp32OnSixteenImages() {
        float[] fp32;
        float[] int8;
        try (ResNet152 network = ResNet152.builder().batch(16).build()) {
            network.run();
            fp32 = network.logits();
        }
        try (ResNet152 network =
                ResNet152.builder().precision(Precision.INT8).batch(16).build()) {
            network.run();
            int8 = network.logits();
        }
        for (int image = 0; image < 16; image++) {
            assertThat(cosine(ofImage(fp32, image), ofImage(int8, image)))
                    .as("cosine of INT8 and FP32 on image %d", image)
                    .isGreaterThanOrEqualTo(0.99)
                    .as("which must beat that of two images in FP32")
                    .isGreaterThan(cosine(ofImage(fp32, image), ofImage(fp32, (image + 1) % 16)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsEachLayerAlone(Precision precision) {
        try (ResNet152 network = reduced(precision).build()) {
            network.run();
            float[] before = network.logits();
            network.layers().forEach(Layer::run);
            network.run();
            assertThat(network.logits()).containsExactly(before);
        }
    }

    @Test
    void countsTheOperationsOfThePublishedNetwork() {
        try (ResNet152 network = ResNet152.builder().batch(2).build()) {
            double flops = network.layers().stream().mapToDouble(Layer::flops).sum();
            assertThat(flops / 2 / 1e9).isCloseTo(22.6, within(0.1));
            List<String> shapes =
                    network.layers().stream().map(Layer::shape).distinct().toList();
            assertThat(shapes).hasSizeLessThan(40).contains("3x3 256->256 @14 s1", "1x1 256->1024 @14 s1 +sum");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void givesEachImageTheSameLogitsInAnyBatch(int batch) {
        try (ResNet152 one = reduced(Precision.INT8).build();
                ResNet152 many = reduced(Precision.INT8).batch(batch).build()) {
            one.run();
            many.run();
            assertThat(ofImage(many.logits(), 0)).containsExactly(one.logits());
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesImagesAsBytesAndAsFractions(Precision precision) {
        try (ResNet152 network = reduced(precision).build()) {
            byte[] bytes = new byte[network.inputLength()];
            float[] fractions = new float[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 37);
                fractions[i] = (bytes[i] & 0xff) * (1f / 255);
            }
            network.run();
            float[] ofDefaultInput = network.logits();
            network.input(bytes);
            network.run();
            float[] ofBytes = network.logits();
            network.input(fractions);
            network.run();
            assertThat(network.logits()).containsExactly(ofBytes).isNotEqualTo(ofDefaultInput);
        }
    }

    @Test
    void refusesInputOfAnotherLength() {
        try (ResNet152 network = reduced(Precision.FP32).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network.input(new byte[5]))
                    .withMessage("pixels must have 3072 elements, but has 5");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025})
    void refusesABatchOutOfRange(int batch) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reduced(Precision.FP32).batch(batch).build())
                .withMessage("batch must be 1 to 1024, but is " + batch);
    }

    @Test
    void refusesWinogradInInt8() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        reduced(Precision.INT8).algorithm(Algorithm.WINOGRAD).build())
                .withMessageContaining("take DIRECT or AUTO");
    }

    @Test
    void isOfNoUseWhenClosed() {
        ResNet152 network = reduced(Precision.FP32).build();
        Layer layer = network.layers().get(0);
        network.close();
        network.close();
        for (Runnable use : List.<Runnable>of(network::run, network::logits, network::threadIds, layer::run)) {
            assertThatIllegalStateException()
                    .isThrownBy(use::run)
                    .withMessage("this network is closed; build a new one");
        }
    }

    @Test
    void refusesASecondRunAtTheSameTime() throws InterruptedException {
        Queue<IllegalStateException> refusals = new ConcurrentLinkedQueue<>();
        try (ResNet152 network = ResNet152.builder().batch(4).build()) {
            Runnable caller = () -> {
                for (int run = 0; run < 100 && refusals.isEmpty(); run++) {
                    try {
                        network.run();
                    } catch (IllegalStateException e) {
                        refusals.add(e);
                    }
                }
            };
            Thread first = new Thread(caller);
            Thread second = new Thread(caller);
            first.start();
            second.start();
            first.join();
            second.join();
            network.run();
        }
        assertThat(refusals)
                .isNotEmpty()
                .allSatisfy(
                        refusal -> assertThat(refusal).hasMessageContaining("another thread is using this network"));
    }

    @Test
    void closesAfterARunUnderWay() throws InterruptedException {
        ResNet152 network = ResNet152.builder().batch(4).build();
        CountDownLatch running = new CountDownLatch(1);
        Queue<RuntimeException> ends = new ConcurrentLinkedQueue<>();
        Thread runner = new Thread(() -> {
            try {
                while (true) {
                    network.run();
                    running.countDown();
                }
            } catch (RuntimeException e) {
                ends.add(e);
            }
        });
        runner.start();
        running.await();
        network.close();
        runner.join();
        assertThat(ends)
                .singleElement()
                .satisfies(end -> assertThat(end)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching("this network is closed.*|another thread is using this network.*"));
        assertThatIllegalStateException().isThrownBy(network::run).withMessageContaining("is closed");
    }

    @Test
    void runsTwoNetworksAtOnceOnTheSameCpus() throws InterruptedException {
        Queue<float[]> logits = new ConcurrentLinkedQueue<>();
        Runnable caller = () -> {
            try (ResNet152 network = reduced(Precision.INT8).build()) {
                for (int run = 0; run < 20; run++) {
                    network.run();
                    logits.add(network.logits());
                }
            }
        };
        Thread first = new Thread(caller);
        Thread second = new Thread(caller);
        first.start();
        second.start();
        first.join();
        second.join();
        float[] one = logits.element();
        assertThat(logits).hasSize(40).allSatisfy(each -> assertThat(each).containsExactly(one));
    }

    @Test
    void countsWhatItsThreadsDo() {
        try (ResNet152 network = reduced(Precision.FP32).build()) {
            List<WorkerCounters> before = network.workers();
            network.run();
            network.run();
            List<WorkerCounters> after = network.workers();
            long[] ids = network.threadIds();
            assertThat(after).hasSameSizeAs(before).hasSize(ids.length);
            for (int i = 0; i < ids.length; i++) {
                WorkerCounters worker = after.get(i).since(before.get(i));
                assertThat(worker.threadId()).isEqualTo(ids[i]);
                assertThat(worker.cpu()).isEqualTo(CpuList.allowed().toArray()[i]);
                assertThat(worker.rounds()).as("two runs and the first reading").isEqualTo(3);
                assertThat(worker.busyNanos()).isPositive();
                assertThat(worker.waitingNanos()).isNotNegative();
                assertThat(worker.minorFaults()).isNotNegative();
            }
        }
    }

    @Test
    void comparesCountersOfOneThreadOnly() {
        try (ResNet152 one = reduced(Precision.FP32).build();
                ResNet152 other = reduced(Precision.FP32).build()) {
            WorkerCounters ofOne = one.workers().get(0);
            WorkerCounters ofOther = other.workers().get(0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ofOne.since(ofOther))
                    .withMessageContaining("thread " + ofOther.threadId() + "; take two readings of one network");
        }
    }

    private static float[] ofImage(float[] logits, int image) {
        return Arrays.copyOfRange(logits, image * ResNet152.CLASSES, (image + 1) * ResNet152.CLASSES);
    }

    private static double spread(float[] logits) {
        return Math.sqrt(dot(logits, logits) / logits.length);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
