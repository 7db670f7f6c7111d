/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * ResNet-152 v1 (155 convolutions, 224x224 images, 1000 classes) with deterministic weights that nobody trained, on
 * native threads of its own, one pinned to each CPU.
 *
 * <pre>{@code
 * try (ResNet152 net = ResNet152.builder().precision(Precision.INT8).batch(8).cpus("0-1").build()) {
 *     net.run();
 *     float[] logits = net.logits();
 * }
 * }</pre>
 *
 * <p>It may be used from any thread, but by one at a time: a second caller gets an {@link IllegalStateException}, and
 * so does everyone after {@link #close()}. While a network runs, the calling thread sleeps.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class ResNet152 implements AutoCloseable {

    /** Length of each image's logits. */
    public static final int CLASSES = 1000;

    private static final int COLOURS = 3;

    private final NativeHandle handle;
    private final NetworkOptions options;
    private final List<Layer> layers;

    private ResNet152(NetworkOptions options) {
        this.options = options;
        KernelLibrary library = KernelLibrary.get();
        this.handle = NativeHandle.create(
                "network",
                address -> options.with(native_ -> library.tg_network_create(native_, address)),
                library::tg_network_destroy);
        try {
            this.layers = handle.get(network -> IntStream.range(0, library.tg_network_layer_count(network))
                    .mapToObj(layer -> layer(library, network, layer))
                    .toList());
        } catch (RuntimeException | Error e) {
            handle.close();
            throw e;
        }
    }

    private Layer layer(KernelLibrary library, long network, int index) {
        return new Layer(
                handle,
                index,
                library.tg_network_layer_name(network, index),
                library.tg_network_layer_shape(network, index),
                library.tg_network_layer_flops(network, index));
    }

    /** Returns a builder: FP32, batch 1, on all CPUs that the calling thread may use. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Computes the logits of the current input.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     * @throws KernelException if a thread of the network ended the run on another CPU than its own, because something
     *     changed its affinity or the cpuset; the logits are right, the time is not
     */
    public void run() {
        handle.run(RunFunctions::tg_network_run);
    }

    /**
     * Returns the logits of the last run: {@link #CLASSES} for each image.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public float[] logits() {
        float[] logits = new float[options.batch() * CLASSES];
        handle.run(network -> KernelLibrary.get().tg_network_logits(network, logits, logits.length));
        return logits;
    }

    /**
     * Sets the images. Without this call they are deterministic patterns.
     *
     * @param pixels batch x 224 x 224 x 3 (image, row, column, colour), each 0 to 1; INT8 rounds to steps of 1/255
     * @throws IllegalArgumentException if the length is another
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public void input(float[] pixels) {
        handle.run(network -> KernelLibrary.get().tg_network_set_input_f32(network, pixels, pixels.length));
    }

    /**
     * Sets the images. Without this call they are deterministic patterns.
     *
     * @param pixels batch x 224 x 224 x 3 (image, row, column, colour), unsigned, 0 to 255
     * @throws IllegalArgumentException if the length is another
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public void input(byte[] pixels) {
        handle.run(network -> KernelLibrary.get().tg_network_set_input_u8(network, pixels, pixels.length));
    }

    /** Returns the length of {@link #input}'s array. */
    public int inputLength() {
        return options.batch() * options.imageSize() * options.imageSize() * COLOURS;
    }

    /** Returns the layers in the order in which they run. They are usable until {@link #close()}. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Returns the kernel's ids of the pool's threads, in ascending order of their CPUs: folders of {@code
     * /proc/self/task}.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public long[] threadIds() {
        long[] ids = new long[options.cpus().size()];
        handle.run(network -> KernelLibrary.get().tg_network_thread_ids(network, ids, ids.length));
        return ids;
    }

    /**
     * Returns what each of the pool's threads did and underwent until now, in ascending order of their CPUs. Wakes the
     * threads for that, so ask before and after what is measured, not meanwhile; runs cost the same whether asked or not.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public List<WorkerCounters> workers() {
        return WorkerCounters.read(handle, options.cpus().size());
    }

    /**
     * Asks the kernel where the network's memory is. Takes milliseconds.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     * @throws KernelException if the kernel does not tell, for instance under a seccomp filter
     */
    public MemoryUse memory() {
        long[] memory = new long[MemoryUse.LONGS];
        handle.run(network -> KernelLibrary.get().tg_network_memory(network, memory));
        return MemoryUse.of(memory);
    }

    /**
     * Returns the kernels in use, e.g. {@code avx512vnni}.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public String isaName() {
        return handle.get(KernelLibrary.get()::tg_network_isa_name);
    }

    /**
     * Stops the threads and frees the memory, after a run under way. The second time does nothing. Without this call
     * both happen some time after neither the network nor one of its layers can be reached.
     */
    @Override
    public void close() {
        handle.close();
    }

    /**
     * Collects what a network is to be. Not for use by several threads.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    public static final class Builder {

        private static final int PUBLISHED_IMAGE_SIZE = 224;

        private Precision precision = Precision.FP32;
        private Algorithm algorithm = Algorithm.AUTO;
        private Isa isa = Isa.BEST;
        private int batch = 1;
        private int imageSize = PUBLISHED_IMAGE_SIZE;
        private int widthDivisor = 1;
        private MemoryRequest memory = MemoryRequest.DEFAULT;
        private @Nullable CpuList cpus;

        private Builder() {}

        /** Sets the numbers to compute in. Default: {@link Precision#FP32}. */
        public Builder precision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /** Sets how FP32 computes its 3x3 convolutions. Default: {@link Algorithm#AUTO}. */
        public Builder algorithm(Algorithm algorithm) {
            this.algorithm = algorithm;
            return this;
        }

        /** Forces an instruction set. Default: {@link Isa#BEST}. */
        public Builder isa(Isa isa) {
            this.isa = isa;
            return this;
        }

        /** Sets the images of one run, 1 to 1024. Default: 1. */
        public Builder batch(int batch) {
            this.batch = batch;
            return this;
        }

        /**
         * Sets the CPUs, one thread pinned to each. Default: those that the thread which calls {@link #build()} may
         * use.
         *
         * @param list in the kernel's list format, e.g. {@code 0-3,8}
         * @throws IllegalArgumentException if it is not in that format
         */
        public Builder cpus(String list) {
            this.cpus = CpuList.parse(list);
            return this;
        }

        /**
         * Asks for transparent huge pages for weights and activations. Default: false, as the system does by itself.
         * {@link #memory} tells how many there are: the kernel gives them where it finds free ones.
         */
        public Builder hugePages(boolean hugePages) {
            this.memory = memory.withHugePages(hugePages);
            return this;
        }

        /**
         * Puts weights and activations on one NUMA node. Default: each of the network's threads touches its own
         * activations first, and its share of the weights, so that they are on its node. A network whose CPUs are on one
         * node has all of its memory there; one whose CPUs are on several has one copy of the weights, spread over them.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder memoryNode(int node) {
            this.memory = memory.withNode(node);
            return this;
        }

        /** For tests: images of another size, a multiple of 32 up to 224. */
        Builder imageSize(int imageSize) {
            this.imageSize = imageSize;
            return this;
        }

        /** For tests: channels divided by 1, 2 or 4. */
        Builder widthDivisor(int widthDivisor) {
            this.widthDivisor = widthDivisor;
            return this;
        }

        /**
         * Builds the network: starts its threads, makes its weights and, for INT8, calibrates. Takes a second or more.
         *
         * @throws IllegalArgumentException if the batch is out of range, a CPU may not be used by this thread or the
         *     NUMA node is not online
         * @throws UnsupportedOperationException if there are no kernels for this platform or the forced instruction set,
         *     or no huge pages
         * @throws KernelException if memory or threads could not be had
         */
        public ResNet152 build() {
            return new ResNet152(new NetworkOptions(
                    precision,
                    algorithm,
                    isa,
                    batch,
                    imageSize,
                    widthDivisor,
                    memory,
                    cpus == null ? CpuList.allowed() : cpus));
        }
    }
}
