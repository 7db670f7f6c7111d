/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.function.LongToIntFunction;
import org.apiguardian.api.API;

/**
 * One layer of a {@link ResNet152}, with the network's own weights, buffers and threads.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Layer {

    private final NativeHandle network;
    private final String name;
    private final String shape;
    private final double flops;
    private final LongToIntFunction runThis; // made once, so that a run allocates nothing

    Layer(NativeHandle network, int index, String name, String shape, double flops) {
        this.network = network;
        this.name = name;
        this.shape = shape;
        this.flops = flops;
        this.runThis = address -> RunFunctions.tg_network_run_layer(address, index);
    }

    /** Returns the name as in the published Caffe model, e.g. {@code res4b3_branch2b}. */
    public String name() {
        return name;
    }

    /**
     * Returns kernel, channels, pixels of the input's side and stride, e.g. {@code 3x3 256->256 @14 s1}; {@code +sum}
     * at the end where the residual is added. Layers with equal text do equal work.
     */
    public String shape() {
        return shape;
    }

    /**
     * Returns the operations for the whole batch, a multiply-add counted as two and taps on the padding counted too;
     * 0 for pooling.
     */
    public double flops() {
        return flops;
    }

    /**
     * Runs this layer alone, on whatever its input buffer holds, and returns when it is done. The network's logits are
     * valid again after the next run of the whole network.
     *
     * @throws IllegalStateException if the network is closed or another thread is using it
     */
    public void run() {
        network.run(runThis);
    }

    /** Returns name and shape. */
    @Override
    public String toString() {
        return name + " " + shape;
    }
}
