/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.kernels.Precision;
import io.tailgate.kernels.ResNet152;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole network at full size: seconds a test. */
class OnnxRuntimeContestantTests {

    private static final int[] CPUS = allowedCpus();

    @ParameterizedTest
    @CsvSource({"FP32, 0.99999", "INT8, 0.999"})
    void computesWhatOursComputes(Precision precision, double leastCosine) {
        float[] ours = ours(precision, CPUS.length);
        try (Model model = new Model(precision, CPUS.length);
                Contestant one = OnnxRuntimeContestant.oneSession(model, CPUS);
                Contestant each = OnnxRuntimeContestant.sessionPerCpu(model, CPUS)) {
            one.run();
            each.run();
            for (int image = 0; image < model.batch(); image++) {
                assertThat(cosine(one.logits(), ours, image)).isGreaterThan(leastCosine);
                assertThat(cosine(each.logits(), one.logits(), image)).isGreaterThan(0.99999);
            }
        }
    }

    @Test
    void keepsEveryThreadOnItsCpu() throws IOException {
        try (Model model = new Model(Precision.INT8, CPUS.length);
                Contestant one = OnnxRuntimeContestant.oneSession(model, CPUS)) {
            one.run();
            assertThat(cpusOfThreads()).containsExactly(lists(CPUS));
        }
    }

    @Test
    void rejectsABatchThatSessionsCannotShareEvenly() {
        try (Model model = new Model(Precision.FP32, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OnnxRuntimeContestant.sessionPerCpu(model, 0, 1))
                    .withMessage("A batch that 2 sessions can share evenly was wanted, but it is 1");
        }
    }

    private static float[] ours(Precision precision, int batch) {
        try (ResNet152 network =
                ResNet152.builder().precision(precision).batch(batch).build()) {
            network.run();
            return network.logits();
        }
    }

    private static double cosine(float[] a, float[] b, int image) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = image * Model.CLASSES; i < (image + 1) * Model.CLASSES; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** Returns what each of ONNX Runtime's threads may use, ascending. */
    private static List<String> cpusOfThreads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(thread -> read(thread.resolve("comm")).equals(OnnxWorker.THREAD_NAME))
                    .map(thread -> allowedList(read(thread.resolve("status"))))
                    .sorted()
                    .toList();
        }
    }

    /** Returns two of the CPUs that this JVM may use, or the one: more would show no more. */
    private static int[] allowedCpus() {
        return Stream.of(allowedList(read(Path.of("/proc/self/status"))).split(",", -1))
                .map(range -> range.split("-", -1))
                .flatMapToInt(ends ->
                        IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .limit(2)
                .toArray();
    }

    private static String[] lists(int... cpus) {
        return IntStream.of(cpus).mapToObj(Integer::toString).sorted().toArray(String[]::new);
    }

    private static String allowedList(String status) {
        return status.replaceAll("(?s).*Cpus_allowed_list:\\s*(\\S+).*", "$1");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
