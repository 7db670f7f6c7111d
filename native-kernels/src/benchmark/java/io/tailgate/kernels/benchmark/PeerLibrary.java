/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;

/** {@code benchmark_abi.h}: what is timed. Names and order are the header's; handles are addresses. */
interface PeerLibrary extends Library {

    PeerLibrary INSTANCE = Native.load("tailgate_benchmark", PeerLibrary.class);

    int tgb_allowed_cpus(int[] cpus, int capacity, IntByReference count);

    int tgb_refuse_amx();

    String tgb_compiler();

    String tgb_onednn_version();

    int tgb_onednn_isa();

    int tgb_onednn_create(long model, int threading, int[] cpus, int cpuCount, LongByReference peer);

    void tgb_onednn_destroy(long peer);

    int tgb_onednn_run(long peer);

    int tgb_onednn_layer_times(long peer, double[] milliseconds, int count);

    int tgb_onednn_logits(long peer, float[] logits, long count);

    int tgb_onednn_sgemm_create(
            int size, float[] a, float[] b, int packed, int threading, int[] cpus, int cpuCount, LongByReference sgemm);

    void tgb_onednn_sgemm_destroy(long sgemm);

    int tgb_onednn_sgemm_run(long sgemm);

    int tgb_onednn_sgemm_c(long sgemm, float[] c, long count);

    int tgb_ours_create(long model, int algorithm, int isa, int[] cpus, int cpuCount, LongByReference ours);

    void tgb_ours_destroy(long ours);

    int tgb_ours_layer_times(long ours, double[] milliseconds, int count);

    int tgb_peak_create(int instruction, int[] cpus, int cpuCount, LongByReference peak);

    void tgb_peak_destroy(long peak);

    String tgb_peak_name(long peak);

    int tgb_peak_run(long peak);

    double tgb_peak_operations(long peak);
}
