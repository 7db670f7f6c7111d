/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.NumaPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A kernel in memory that answers as Linux does, errno included. */
final class FakeLibC implements LibC {

    static final int TID = 4242;

    private static final int EINVAL = 22;
    private static final int ESRCH = 3;

    private final List<String> calls = new ArrayList<>();
    private final Map<Integer, long[]> masks = new HashMap<>(Map.of(TID, new long[] {0xffL}));
    private int kernelCpus = 64;
    private Function<String, Optional<ErrnoException>> refusals = call -> Optional.empty();
    private final Set<Integer> lockedByOthers = new HashSet<>();
    private int descriptors = 2;
    private final Map<Long, NumaPolicy> mappingPolicies = new HashMap<>();
    private final Map<Long, Runnable> onceAsked = new HashMap<>();
    private int mode;
    private final List<Long> bytesRead = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();
    private int mostBytesAtOnce = ByteReader.MOST;

    List<String> calls() {
        return List.copyOf(calls);
    }

    FakeLibC mask(int tid, long... words) {
        masks.put(tid, words);
        return this;
    }

    FakeLibC kernelCpus(int count) {
        kernelCpus = count;
        return this;
    }

    /** Lets another process have what is opened as this descriptor; the first is 3. */
    FakeLibC lockedByOthers(int descriptor) {
        lockedByOthers.add(descriptor);
        return this;
    }

    FakeLibC mode(int raw) {
        mode = raw;
        return this;
    }

    /** Lets something happen just before the policy at an address is told for the first time. */
    FakeLibC onceAsked(long address, Runnable happens) {
        onceAsked.put(address, happens);
        return this;
    }

    /** Gives the mapping that starts there a policy of its own. */
    FakeLibC mappingPolicy(long start, NumaPolicy policy) {
        mappingPolicies.put(start, policy);
        return this;
    }

    /** Lets nobody read the page at this address. */
    FakeLibC gone(long address) {
        gone.add(address);
        return this;
    }

    /** Lets the kernel be called away after so many bytes. */
    FakeLibC mostBytesAtOnce(int most) {
        mostBytesAtOnce = most;
        return this;
    }

    List<Long> bytesRead() {
        return List.copyOf(bytesRead);
    }

    /** Fails each call that begins so. */
    FakeLibC refusing(String prefix, int errno, String text) {
        Function<String, Optional<ErrnoException>> others = refusals;
        refusals = call ->
                call.startsWith(prefix) ? Optional.of(new ErrnoException(call, errno, text)) : others.apply(call);
        return this;
    }

    private void call(String call) {
        calls.add(call);
        refuse(call);
    }

    private void refuse(String call) {
        refusals.apply(call).ifPresent(e -> {
            throw e;
        });
    }

    @Override
    public int gettid() {
        return TID;
    }

    @Override
    public void schedGetaffinity(int tid, long[] mask) {
        call("sched_getaffinity " + tid + " " + mask.length * Long.SIZE);
        if (mask.length * Long.SIZE < kernelCpus) {
            throw new ErrnoException("sched_getaffinity", EINVAL, "Invalid argument");
        }
        long[] words = existing(tid);
        System.arraycopy(words, 0, mask, 0, words.length);
    }

    @Override
    public void schedSetaffinity(int tid, long[] mask) {
        call("sched_setaffinity " + tid + " " + Arrays.toString(mask));
        existing(tid);
        masks.put(tid == CALLING_THREAD ? TID : tid, mask.clone());
    }

    private long[] existing(int tid) {
        long[] words = masks.get(tid == CALLING_THREAD ? TID : tid);
        if (words == null) {
            throw new ErrnoException("sched_getaffinity", ESRCH, "No such process");
        }
        return words;
    }

    @Override
    public int getMempolicy(long @Nullable [] nodes, long address) {
        if (address == NO_ADDRESS) {
            refuse("get_mempolicy");
            return answer(nodes, mode, 0b10);
        }
        refuse("get_mempolicy " + Long.toHexString(address));
        Optional.ofNullable(onceAsked.remove(address)).ifPresent(Runnable::run);
        NumaPolicy own = mappingPolicies.getOrDefault(address, NumaPolicy.DEFAULT);
        return answer(
                nodes,
                own.mode().number() | own.flags(),
                own.nodes().stream().mapToLong(node -> 1L << node).sum());
    }

    private static int answer(long @Nullable [] nodes, int mode, long mask) {
        if (nodes != null) {
            nodes[0] = mask;
        }
        return mode;
    }

    @Override
    public void mmapNothing(long start, long length) {
        call("mmap " + Long.toHexString(start));
    }

    @Override
    public void munmap(long start, long length) {
        call("munmap " + Long.toHexString(start) + "+" + Long.toHexString(length));
    }

    @Override
    public void setMempolicy(int newMode, long @Nullable [] nodes) {
        call("set_mempolicy " + newMode + " " + text(nodes));
    }

    @Override
    public void mbind(long start, long length, int newMode, long @Nullable [] nodes, int flags) {
        call("mbind " + Long.toHexString(start) + "+" + Long.toHexString(length) + " " + newMode + " " + text(nodes)
                + " " + flags);
    }

    private static String text(long @Nullable [] nodes) {
        return nodes == null ? "none" : Long.toBinaryString(nodes[0]);
    }

    @Override
    public int open(String path) {
        call("open " + path);
        return ++descriptors;
    }

    @Override
    public boolean flock(int descriptor) {
        call("flock " + descriptor);
        return !lockedByOthers.contains(descriptor);
    }

    @Override
    public void close(int descriptor) {
        call("close " + descriptor);
    }

    @Override
    public int memfdCreate(String name) {
        throw new ErrnoException("memfd_create(" + name + ")", 38, "Function not implemented");
    }

    @Override
    public int getpagesize() {
        return 4096;
    }

    @Override
    public ByteReader byteReader() {
        call("memfd_create");
        return new ByteReader() {
            @Override
            public int read(long[] addresses, int from, int to) {
                int at = from;
                while (at < Math.min(to, from + mostBytesAtOnce) && !gone.contains(addresses[at])) {
                    bytesRead.add(addresses[at++]);
                }
                return at - from;
            }

            @Override
            public void close() {
                call("close memfd");
            }
        };
    }

    @Override
    public CounterReader getrusage() {
        throw new UnsupportedOperationException("not asked for in these tests");
    }
}
