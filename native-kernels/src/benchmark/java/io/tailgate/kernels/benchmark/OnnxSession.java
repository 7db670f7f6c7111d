/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session of ONNX Runtime for a share of the images. Whoever calls {@link #run()} is the first of its threads, and
 * has to be pinned to the first CPU already; ONNX Runtime starts the others and pins them. Images and logits stay where
 * they are: a run copies neither.
 */
final class OnnxSession implements AutoCloseable {

    private final OrtSession session;
    private final OnnxTensor images;
    private final OnnxTensor logits;
    private final FloatBuffer logitMemory;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** Takes {@code images} over. */
    OnnxSession(byte[] onnx, OnnxTensor images, int... cpus) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = options(cpus)) {
            this.session = environment.createSession(onnx, options);
        }
        this.images = images;
        int batch = (int) images.getInfo().getShape()[0];
        this.logitMemory = ByteBuffer.allocateDirect(batch * Model.CLASSES * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.logits = OnnxTensor.createTensor(environment, logitMemory, new long[] {batch, Model.CLASSES});
        this.inputs = Map.of(OnnxNetwork.INPUT, images);
        this.outputs = Map.of(OnnxNetwork.OUTPUT, logits);
    }

    private static SessionOptions options(int... cpus) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(cpus.length);
        if (cpus.length > 1) {
            options.addConfigEntry("session.intra_op_thread_affinities", affinities(cpus));
        }
        // between its runs the CPUs are the other contestants'
        options.addConfigEntry("session.force_spinning_stop", "1");
        return options;
    }

    /** Returns a CPU for each thread but the first. ONNX Runtime counts CPUs from 1. */
    private static String affinities(int... cpus) {
        return Arrays.stream(cpus)
                .skip(1)
                .mapToObj(cpu -> Integer.toString(cpu + 1))
                .collect(Collectors.joining(";"));
    }

    void run() {
        try {
            session.run(inputs, outputs).close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not run the network", e);
        }
    }

    /** Appends the logits of the last run. */
    void appendLogits(FloatBuffer to) {
        to.put(logitMemory.duplicate());
    }

    @Override
    public void close() throws OrtException {
        session.close();
        images.close();
        logits.close();
    }
}
