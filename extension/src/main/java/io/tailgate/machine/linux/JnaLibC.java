/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.tailgate.machine.CounterReader;
import io.tailgate.machine.MachineException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link LibC} through JNA's direct mapping.
 *
 * <p>glibc has no wrappers for the memory policy calls (libnuma has, and need not be installed), so they go through
 * syscall(2), once declared for each shape of arguments.
 */
final class JnaLibC implements LibC {

    private static final long MPOL_F_ADDR = 1 << 1; // linux/mempolicy.h
    private static final int PROT_NONE = 0; // asm-generic/mman-common.h, as the next
    private static final int MAP_NOTHING_AT =
            0x02 | 0x20 | 0x4000 | 0x100000; // private, anonymous, no reserve, no replace

    /** Signatures as in glibc's headers; names are the C names. */
    private static final class Functions {

        static {
            Native.register(Functions.class, NativeLibrary.getInstance("c"));
        }

        static native int sched_getaffinity(int pid, long cpusetsize, long[] mask) throws LastErrorException;

        static native int sched_setaffinity(int pid, long cpusetsize, long[] mask) throws LastErrorException;

        // variadic in C; called as if it were not, which both ABIs that we know allow for integers and pointers
        static native int open(String pathname, int flags) throws LastErrorException;

        static native int flock(int fd, int operation) throws LastErrorException;

        static native int close(int fd) throws LastErrorException;

        static native String strerror(int errnum);

        static native long syscall(long gettid) throws LastErrorException;

        static native long syscall(long memfdCreate, String name, long flags) throws LastErrorException;

        static native long syscall(
                long getMempolicy, int[] mode, long @Nullable [] nodes, long maxnode, long address, long flags)
                throws LastErrorException;

        static native long syscall(long setMempolicy, long mode, long @Nullable [] nodes, long maxnode)
                throws LastErrorException;

        static native long syscall(
                long mbind, long start, long length, long mode, long @Nullable [] nodes, long maxnode, long flags)
                throws LastErrorException;

        static native long mmap(long start, long length, int protection, int flags, int file, long offset)
                throws LastErrorException;

        static native int munmap(long start, long length) throws LastErrorException;

        static native int getpagesize();
    }

    private static final int O_CLOEXEC = 0x80000; // O_RDONLY is 0
    private static final int LOCK_EX_NB = 2 | 4;
    private static final long MFD_CLOEXEC = 0x1; // linux/memfd.h
    private static final long MFD_NOEXEC_SEAL = 0x8;
    private static final long MFD_EXEC = 0x10;

    private final SystemCalls numbers = SystemCalls.of(Platform.ARCH);

    JnaLibC() {
        gettid(); // loads JNA now: who cannot have it is told when the machine is made, not in the middle of a test
    }

    @Override
    public int gettid() {
        try {
            return (int) Functions.syscall(numbers.gettid());
        } catch (LastErrorException e) {
            throw failed("gettid()", e);
        }
    }

    @Override
    public void schedGetaffinity(int tid, long[] mask) {
        try {
            Functions.sched_getaffinity(tid, (long) mask.length * Long.BYTES, mask);
        } catch (LastErrorException e) {
            throw failed("sched_getaffinity(" + tid + ", " + mask.length * Long.BYTES + " bytes)", e);
        }
    }

    @Override
    public void schedSetaffinity(int tid, long[] mask) {
        try {
            Functions.sched_setaffinity(tid, (long) mask.length * Long.BYTES, mask);
        } catch (LastErrorException e) {
            throw failed("sched_setaffinity(" + tid + ", " + Arrays.toString(mask) + ")", e);
        }
    }

    @Override
    public int getMempolicy(long @Nullable [] nodes, long address) {
        int[] mode = new int[1];
        long flags = address == NO_ADDRESS ? 0 : MPOL_F_ADDR;
        try {
            Functions.syscall(numbers.getMempolicy(), mode, nodes, maxnode(nodes), address, flags);
            return mode[0];
        } catch (LastErrorException e) {
            throw failed("get_mempolicy()", e);
        }
    }

    @Override
    public void setMempolicy(int mode, long @Nullable [] nodes) {
        try {
            Functions.syscall(numbers.setMempolicy(), mode, nodes, maxnode(nodes));
        } catch (LastErrorException e) {
            throw failed("set_mempolicy(" + mode + ")", e);
        }
    }

    @Override
    public void mbind(long start, long length, int mode, long @Nullable [] nodes, int flags) {
        try {
            Functions.syscall(numbers.mbind(), start, length, mode, nodes, maxnode(nodes), flags);
        } catch (LastErrorException e) {
            throw failed("mbind(mode " + mode + ")", e);
        }
    }

    @Override
    public int open(String path) {
        try {
            return Functions.open(path, O_CLOEXEC);
        } catch (LastErrorException e) {
            throw failed("open(" + path + ")", e);
        }
    }

    @Override
    public boolean flock(int descriptor) {
        try {
            Functions.flock(descriptor, LOCK_EX_NB);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ErrnoException.EWOULDBLOCK) {
                return false;
            }
            throw failed("flock()", e);
        }
    }

    @Override
    public void close(int descriptor) {
        try {
            Functions.close(descriptor);
        } catch (LastErrorException e) {
            throw failed("close()", e);
        }
    }

    @Override
    public int memfdCreate(String name) {
        return memfd(name, MFD_EXEC);
    }

    private int memfd(String name, long mayBeExecuted) {
        try {
            return (int) Functions.syscall(numbers.memfdCreate(), name, MFD_CLOEXEC | mayBeExecuted);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ErrnoException.EINVAL) {
                throw failed("memfd_create(" + name + ")", e);
            }
        }
        try { // before Linux 6.3 every such file may be executed, and saying so or not is an error
            return (int) Functions.syscall(numbers.memfdCreate(), name, MFD_CLOEXEC);
        } catch (LastErrorException e) {
            throw failed("memfd_create(" + name + ")", e);
        }
    }

    /** The kernel looks at one bit less than it is told. */
    private static long maxnode(long @Nullable [] nodes) {
        return nodes == null ? 0 : (long) nodes.length * Long.SIZE + 1;
    }

    @Override
    public void mmapNothing(long start, long length) {
        long got;
        try {
            got = Functions.mmap(start, length, PROT_NONE, MAP_NOTHING_AT, -1, 0);
        } catch (LastErrorException e) {
            throw failed("mmap(" + Long.toHexString(start) + ")", e);
        }
        if (got != start) { // a kernel before 4.17 takes the address for a wish
            munmap(got, length);
            throw new MachineException(
                    "mmap() put at " + Long.toHexString(got) + " what belongs at " + Long.toHexString(start));
        }
    }

    @Override
    public void munmap(long start, long length) {
        try {
            Functions.munmap(start, length);
        } catch (LastErrorException e) {
            throw failed("munmap(" + Long.toHexString(start) + ")", e);
        }
    }

    @Override
    public int getpagesize() {
        return Functions.getpagesize();
    }

    @Override
    public ByteReader byteReader() {
        return new MemfdByteReader(this, memfd("tailgate-bytes", MFD_NOEXEC_SEAL));
    }

    @Override
    public CounterReader getrusage() {
        return new RusageReader();
    }

    static ErrnoException failed(String call, LastErrorException e) {
        ErrnoException failure = new ErrnoException(call, e.getErrorCode(), Functions.strerror(e.getErrorCode()));
        failure.initCause(e);
        return failure;
    }

    /** Numbers of the calls that glibc does not wrap, from {@code asm/unistd.h}. */
    private record SystemCalls(long gettid, long mbind, long setMempolicy, long getMempolicy, long memfdCreate) {

        static SystemCalls of(String architecture) {
            return switch (architecture) {
                case "x86-64" -> new SystemCalls(186, 237, 238, 239, 319);
                case "aarch64" -> new SystemCalls(178, 235, 237, 236, 279);
                default ->
                    throw new MachineException("Tailgate knows the system calls of x86-64 and aarch64, not of "
                            + architecture + "; tests run unprotected");
            };
        }
    }
}
