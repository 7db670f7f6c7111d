/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The network on ONNX Runtime, its threads pinned one to each CPU. */
final class OnnxRuntimeContestant implements Contestant {

    private final String name;
    private final int batch;
    private final Map<String, String> settings;
    private final List<OnnxWorker> workers;

    private OnnxRuntimeContestant(String name, Model model, int[]... cpusOfWorkers) {
        int count = cpusOfWorkers.length;
        if (model.batch() % count != 0) {
            throw new IllegalArgumentException("A batch that %d sessions can share evenly was wanted, but it is %d"
                    .formatted(count, model.batch()));
        }
        this.name = name;
        this.batch = model.batch();
        this.settings = Map.of(
                "sessions", Integer.toString(count),
                "threads of each", Integer.toString(cpusOfWorkers[0].length),
                "cpus",
                        Cpus.list(Stream.of(cpusOfWorkers)
                                .flatMapToInt(IntStream::of)
                                .toArray()),
                "optimisation", "all",
                "spinning", "within a run");
        int share = batch / count;
        byte[] onnx = OnnxNetwork.bytes(model, share);
        this.workers = IntStream.range(0, count)
                .mapToObj(i -> new OnnxWorker(onnx, model, i * share, share, cpusOfWorkers[i]))
                .toList();
    }

    /** One session that splits every layer over all CPUs. */
    static Contestant oneSession(Model model, int... cpus) {
        return new OnnxRuntimeContestant("ONNX Runtime", model, cpus);
    }

    /** A session of one thread on each CPU, with its share of the batch. */
    static Contestant sessionPerCpu(Model model, int... cpus) {
        int[][] single = IntStream.of(cpus).mapToObj(cpu -> new int[] {cpu}).toArray(int[][]::new);
        return new OnnxRuntimeContestant("ONNX Runtime, batch shared out", model, single);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void run() {
        List<? extends Future<?>> runs = workers.stream().map(OnnxWorker::start).toList();
        runs.forEach(OnnxWorker::await);
    }

    @Override
    public float[] logits() {
        FloatBuffer logits = FloatBuffer.allocate(batch * Model.CLASSES);
        workers.forEach(worker -> worker.appendLogits(logits));
        return logits.array();
    }

    @Override
    public void close() {
        workers.forEach(OnnxWorker::close);
    }
}
