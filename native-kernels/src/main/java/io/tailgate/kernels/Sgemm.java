/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One FP32 matrix product, C[m][n] = A[m][k] B[k][n], on native threads of its own, one pinned to each CPU: the control
 * beside a network. It has no layers, no synchronisation inside and little memory.
 *
 * <p>It may be used from any thread, but by one at a time: a second caller gets an {@link IllegalStateException}, and
 * so does everyone after {@link #close()}.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Sgemm implements AutoCloseable {

    private final int m;
    private final int n;
    private final int k;
    private final int threads;
    private final NativeHandle handle;

    private Sgemm(int m, int n, int k, Isa isa, MemoryRequest memory, CpuList cpus) {
        this.m = m;
        this.n = n;
        this.k = k;
        KernelLibrary library = KernelLibrary.get();
        this.threads = cpus.size();
        this.handle = NativeHandle.create(
                "sgemm",
                address -> library.tg_sgemm_create(
                        m, n, k, isa.code(), memory.hugePagesCode(), memory.node(), cpus.toArray(), threads, address),
                library::tg_sgemm_destroy);
    }

    /** Returns a builder: 1024 x 1024 x 1024, on all CPUs that the calling thread may use. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Computes the product once. The matrices are seeded random numbers, B was packed by {@link Builder#build()}.
     *
     * @throws IllegalStateException if this is closed or another thread is using it
     */
    public void run() {
        handle.run(RunFunctions::tg_sgemm_run);
    }

    /** Returns the operations of one run, a multiply-add counted as two. */
    public double flops() {
        return 2.0 * m * n * k;
    }

    /**
     * Returns the kernel's ids of the pool's threads, in ascending order of their CPUs.
     *
     * @throws IllegalStateException if this is closed or another thread is using it
     */
    public long[] threadIds() {
        long[] ids = new long[threads];
        handle.run(sgemm -> KernelLibrary.get().tg_sgemm_thread_ids(sgemm, ids, ids.length));
        return ids;
    }

    /**
     * Asks the kernel where the matrices are. Takes milliseconds.
     *
     * @throws IllegalStateException if this is closed or another thread is using it
     * @throws KernelException if the kernel does not tell, for instance under a seccomp filter
     */
    public MemoryUse memory() {
        long[] memory = new long[MemoryUse.LONGS];
        handle.run(sgemm -> KernelLibrary.get().tg_sgemm_memory(sgemm, memory));
        return MemoryUse.of(memory);
    }

    float[] a() {
        return matrix(0, m * k);
    }

    float[] b() {
        return matrix(1, k * n);
    }

    float[] c() {
        return matrix(2, m * n);
    }

    private float[] matrix(int which, int elements) {
        float[] values = new float[elements];
        handle.run(sgemm -> KernelLibrary.get().tg_sgemm_matrix(sgemm, which, values, values.length));
        return values;
    }

    /**
     * Stops the threads and frees the memory, after a run under way. The second time does nothing. Without this call
     * both happen some time after this cannot be reached any more.
     */
    @Override
    public void close() {
        handle.close();
    }

    /**
     * Collects what the product is to be. Not for use by several threads.
     *
     * @since 0.1
     */
    @API(status = EXPERIMENTAL, since = "0.1")
    public static final class Builder {

        private int m = 1024;
        private int n = 1024;
        private int k = 1024;
        private Isa isa = Isa.BEST;
        private MemoryRequest memory = MemoryRequest.DEFAULT;
        private @Nullable CpuList cpus;

        private Builder() {}

        /** Sets the rows of A and C, 1 to 65536. Default: 1024. */
        public Builder m(int m) {
            this.m = m;
            return this;
        }

        /** Sets the columns of B and C, 1 to 65536. Default: 1024. */
        public Builder n(int n) {
            this.n = n;
            return this;
        }

        /** Sets the columns of A and rows of B, 1 to 65536. Default: 1024. */
        public Builder k(int k) {
            this.k = k;
            return this;
        }

        /** Forces an instruction set. Default: {@link Isa#BEST}. */
        public Builder isa(Isa isa) {
            this.isa = isa;
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

        /** Asks for transparent huge pages for the matrices. Default: false, as the system does by itself. */
        public Builder hugePages(boolean hugePages) {
            this.memory = memory.withHugePages(hugePages);
            return this;
        }

        /**
         * Puts the matrices on one NUMA node. Default: that of the first CPU, whose thread touches them first.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder memoryNode(int node) {
            this.memory = memory.withNode(node);
            return this;
        }

        /**
         * Makes the matrices and starts the threads.
         *
         * @throws IllegalArgumentException if a size is out of range, a CPU may not be used by this thread or the NUMA
         *     node is not online
         * @throws UnsupportedOperationException if there are no kernels for this platform or the forced instruction set,
         *     or no huge pages
         * @throws KernelException if memory or threads could not be had
         */
        public Sgemm build() {
            return new Sgemm(m, n, k, isa, memory, cpus == null ? CpuList.allowed() : cpus);
        }
    }
}
