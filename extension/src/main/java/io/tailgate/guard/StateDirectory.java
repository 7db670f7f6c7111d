/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The folder that outlives a JVM, open and locked against every other guard on the host.
 *
 * <p>It belongs to this user alone (0700, no link), so nobody else can put anything into it; still no file in it is
 * opened through a link.
 */
final class StateDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final long LONGEST_WAIT_MS = 10_000;
    private static final long POLL_MS = 2;
    private static final int LARGEST_FILE = 4096;

    /** A file lock belongs to the whole JVM, so its own threads need one among themselves. */
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

    private final Path folder;
    private final FileChannel lock;

    private StateDirectory(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Creates the folder if need be, checks that it is safe, and locks it. */
    static StateDirectory open(Path folder) {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            // checked below, like a new one
        } catch (IOException e) {
            throw new MachineException("cannot create " + folder + ": " + e, e);
        }
        requireSafe(folder);
        return lock(folder);
    }

    /** Opens the folder only if it is there. */
    static Optional<StateDirectory> openIfThere(Path folder) {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? Optional.of(open(folder)) : Optional.empty();
    }

    private static void requireSafe(Path folder) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new MachineException(folder + " is a link or a file where a folder belongs; remove it");
            }
            Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (!owner.equals(self)) {
                throw new MachineException(folder + " belongs to user " + owner + ", this process to user " + self);
            }
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
            if (!found.equals(OWNER_ONLY)) {
                throw new MachineException(folder + " has permissions " + PosixFilePermissions.toString(found)
                        + " instead of rwx------; others could forge what is restored, so it is not used");
            }
        } catch (IOException e) {
            throw new MachineException("cannot check who owns " + folder + ": " + e, e);
        }
    }

    private static StateDirectory lock(Path folder) {
        IN_THIS_JVM.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(OWNER_FILE));
            awaitLock(channel, folder);
            return new StateDirectory(folder, channel);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel, e);
            IN_THIS_JVM.unlock();
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new MachineException("cannot lock " + folder + ": " + e, e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception cause) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void awaitLock(FileChannel channel, Path folder) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MS);
        while (channel.tryLock() == null) { // released by the kernel when the channel closes or the process dies
            if (System.nanoTime() > deadline) {
                throw new MachineException("another process holds " + folder + "/lock for more than " + LONGEST_WAIT_MS
                        + " ms; fuser " + folder + "/lock names it");
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MachineException("interrupted while waiting for " + folder + "/lock", e);
            }
        }
    }

    /** Returns the names that end so. */
    List<String> names(String suffix) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names.stream().sorted().toList();
        } catch (IOException e) {
            throw new MachineException("cannot list " + folder + ": " + e, e);
        }
    }

    /** Returns the text of a file, or empty if it is no regular file of a sane size. */
    Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new MachineException("cannot read " + file + ": " + e, e);
        }
    }

    /** Writes a new file that is there as a whole, or not at all, whenever the machine stops. */
    void writeDurably(String name, String text) {
        Path temporary = folder.resolve(name + ".tmp");
        Set<OpenOption> onlyNew =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel =
                    FileChannel.open(temporary, onlyNew, PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        } catch (IOException e) {
            discard(folder.resolve(name), e);
            throw new MachineException("cannot write " + folder.resolve(name) + ": " + e, e);
        }
    }

    /** A record whose change never came must not be found one day. */
    private static void discard(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
            syncFolder();
        } catch (IOException e) {
            throw new MachineException("cannot remove " + folder.resolve(name) + ": " + e, e);
        }
    }

    /** Renames a file that cannot be understood, for a person to look at. */
    void setAside(String name) {
        try {
            Files.move(folder.resolve(name), folder.resolve(name + ".rejected"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MachineException("cannot set aside " + folder.resolve(name) + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new MachineException("cannot unlock " + folder + ": " + e, e);
        } finally {
            IN_THIS_JVM.unlock();
        }
    }
}
