/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An {@link OnnxSession} with the thread that calls it, pinned to the first of its CPUs. */
final class OnnxWorker implements AutoCloseable {

    /** Name of the thread; those that ONNX Runtime starts inherit it. */
    static final String THREAD_NAME = "onnxruntime";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(OnnxWorker::named);
    private final OnnxSession session;

    /** Loads {@code onnx} for image {@code first} and the {@code count - 1} after it. */
    OnnxWorker(byte[] onnx, Model model, int first, int count, int... cpus) {
        this.session = await(thread.submit(() -> {
            ModelLibrary.check(ModelLibrary.INSTANCE.tgb_pin(cpus[0]));
            return new OnnxSession(onnx, OnnxImages.of(model, first, count), cpus);
        }));
    }

    private static Thread named(Runnable task) {
        Thread thread = new Thread(task, THREAD_NAME);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins a run, to be waited for by {@link #await}. */
    Future<?> start() {
        return thread.submit(session::run);
    }

    void appendLogits(FloatBuffer to) {
        session.appendLogits(to);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close its session", e);
        }
    }

    static <T> T await(Future<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime's thread failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime ran", e);
        }
    }
}
