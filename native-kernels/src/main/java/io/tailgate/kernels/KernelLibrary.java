/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code tailgate_kernels.h}, except for what is called in measured loops ({@link RunFunctions}). Names, order and units
 * are the header's; handles are addresses.
 */
interface KernelLibrary extends Library {

    /** The library's name, from which JNA makes {@code linux-x86-64/libtailgate_kernels.so}. */
    String NAME = "tailgate_kernels";

    String tg_last_error();

    int tg_isa_supported(int isa, int precision);

    int tg_allowed_cpus(int @Nullable [] cpus, int capacity, IntByReference count);

    int tg_network_create(Pointer options, LongByReference network);

    int tg_network_destroy(long network);

    int tg_network_layer_count(long network);

    String tg_network_layer_name(long network, int layer);

    String tg_network_layer_shape(long network, int layer);

    double tg_network_layer_flops(long network, int layer);

    String tg_network_isa_name(long network);

    int tg_network_set_input_u8(long network, byte[] pixels, long count);

    int tg_network_set_input_f32(long network, float[] pixels, long count);

    int tg_network_logits(long network, float[] logits, long count);

    int tg_network_thread_ids(long network, long[] ids, int count);

    int tg_network_worker_counters(long network, long[] counters, int count);

    int tg_network_memory(long network, long[] memory);

    int tg_sgemm_create(
            int m,
            int n,
            int k,
            int isa,
            int hugePages,
            int memoryNode,
            int[] cpus,
            int cpuCount,
            LongByReference sgemm);

    int tg_sgemm_memory(long sgemm, long[] memory);

    int tg_sgemm_destroy(long sgemm);

    int tg_sgemm_matrix(long sgemm, int matrix, float[] values, long count);

    int tg_sgemm_thread_ids(long sgemm, long[] ids, int count);

    /** Returns the library, loaded at the first call. */
    static KernelLibrary get() {
        return Loaded.library();
    }

    /** Loads once; a failure is remembered and thrown at every call. */
    final class Loaded {

        private static final @Nullable KernelLibrary LIBRARY;
        private static final String PROBLEM;

        static {
            KernelLibrary library = null;
            String problem = "";
            if (!Platform.isLinux()) {
                problem = "they run on Linux only; on " + System.getProperty("os.name") + " use another workload";
            } else {
                try {
                    library = Native.load(NAME, KernelLibrary.class);
                } catch (UnsatisfiedLinkError e) {
                    problem = "lib" + NAME + ".so did not load on " + Platform.RESOURCE_PREFIX + ": " + e.getMessage()
                            + "; build native-kernels on this platform, and if the temporary folder is mounted noexec"
                            + " set -Djna.tmpdir";
                }
            }
            LIBRARY = library;
            PROBLEM = problem;
        }

        private Loaded() {}

        static KernelLibrary library() {
            if (LIBRARY == null) {
                throw new UnsupportedOperationException("Tailgate's native kernels are not there: " + PROBLEM);
            }
            return LIBRARY;
        }
    }
}
