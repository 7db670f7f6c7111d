/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The memory traffic of ResNet-152 INT8 on two images, without its arithmetic: two threads read the weights of all 50
 * bottleneck blocks, 58 MB, one block after the other.
 *
 * <p>The constructing thread touches everything first, as a framework does that loads a model, so on a machine with two
 * nodes all of it is on one and a thread on the other reads remotely: what automatic NUMA balancing sees and wants to mend.
 * After each block the threads swap images, as under a dynamic schedule; so each reads what the other wrote.
 *
 * <p><b>Why no arithmetic:</b> the guest of the lab is emulated. Its vector code is 70 to 160 times slower than the
 * machine's own, so that real kernels would hide a page fault there that stands out on a real machine. Loads are emulated,
 * too, but at a few nanoseconds each, and one cache line of two is read: what balancing does, it does to whole pages.
 * Even so the guest tells of faults, placement and scheduling, and of ratios within one boot, never of times.
 *
 * <p>Everything is in one allocation above 32 MB: for those malloc(3) always asks the kernel for a new mapping, whose pages
 * nobody has touched yet, and {@link #close} gives it back at once. So each network is placed by the rules that hold when
 * it is made. Its pages are small ones of 4 KB whatever the kernel's default is: of huge pages a scan unmaps 30, and what
 * then costs time is to move them, which this host with two emulated nodes does at no cost that means anything.
 */
final class StreamingNetwork implements AutoCloseable {

    static final int STRIDE = 128; // bytes: every second cache line, as an adjacent one is fetched with it
    private static final int PARITIES = 2; // a block reads what the one before it wrote
    private static final long FIRST_WEIGHT = 0x9E3779B97F4A7C15L;

    private final List<Bottleneck> blocks;
    private final Memory memory;
    private final ByteBuffer[] weights;
    private final ByteBuffer[][] outputs = new ByteBuffer[Lockstep.THREADS][PARITIES];
    private final long[] sums = new long[Lockstep.THREADS];
    private final Lockstep threads;
    private long used;

    StreamingNetwork() {
        this(Bottleneck.ofResNet152(), (thread, block) -> {});
    }

    /** Makes one whose threads also call {@code observer} in each step. */
    StreamingNetwork(List<Bottleneck> blocks, Lockstep.Step observer) {
        this.blocks = blocks;
        int output = blocks.stream().mapToInt(Bottleneck::outputBytes).max().orElseThrow();
        this.memory = new Memory(weightBytes() + (long) Lockstep.THREADS * PARITIES * output);
        LinuxCalls.useSmallPages(memory);
        memory.setByte(memory.size() - 1, (byte) 0); // the last page, too, has to be somewhere
        this.weights = blocks.stream().map(block -> next(block.weightBytes())).toArray(ByteBuffer[]::new);
        for (ByteBuffer[] pair : outputs) {
            for (int parity = 0; parity < PARITIES; parity++) {
                pair[parity] = next(output);
            }
        }
        for (int block = 0; block < weights.length; block++) {
            write(weights[block], weights[block].capacity(), FIRST_WEIGHT * (block + 1));
        }
        this.threads = new Lockstep(blocks.size(), (thread, block) -> {
            layer(thread, block);
            observer.take(thread, block);
        });
    }

    private ByteBuffer next(int bytes) {
        ByteBuffer buffer = memory.getByteBuffer(used, bytes).order(ByteOrder.nativeOrder());
        used += bytes;
        write(buffer, bytes, 0);
        return buffer;
    }

    /** Runs both images through all blocks, and returns a number that depends on everything read. */
    long run() {
        threads.run();
        return sums[Lockstep.CALLER] + sums[Lockstep.WORKER];
    }

    private void layer(int thread, int block) {
        long sum = read(weights[block], weights[block].capacity());
        if (block > 0) {
            ByteBuffer written = outputs[Lockstep.THREADS - 1 - thread][(block - 1) % PARITIES];
            sum += read(written, blocks.get(block - 1).outputBytes());
        }
        write(outputs[thread][block % PARITIES], blocks.get(block).outputBytes(), sum);
        sums[thread] = sum;
    }

    private static long read(ByteBuffer from, int bytes) {
        long sum = 0;
        for (int i = 0; i < bytes; i += STRIDE) {
            sum += from.getLong(i);
        }
        return sum;
    }

    private static void write(ByteBuffer to, int bytes, long value) {
        for (int i = 0; i < bytes; i += STRIDE) {
            to.putLong(i, value);
        }
    }

    long weightBytes() {
        return blocks.stream().mapToLong(Bottleneck::weightBytes).sum();
    }

    /** Returns all that it allocated, weights first. */
    Memory memory() {
        return memory;
    }

    /** Ends the worker, and gives the memory back. */
    @Override
    public void close() {
        threads.close();
        memory.close();
    }
}
