/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.KernelSettings;
import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** Settings as files below {@code /proc/sys}. */
final class LinuxKernelSettings implements KernelSettings {

    private final Path proc;

    LinuxKernelSettings(Path proc) {
        this.proc = proc;
    }

    private Path file(KernelSetting setting) {
        return proc.resolve(setting.procPath());
    }

    @Override
    public boolean has(KernelSetting setting) {
        return Files.exists(file(setting));
    }

    @Override
    public String read(KernelSetting setting) {
        try {
            return KernelFiles.lines(file(setting)).stream().findFirst().orElse("");
        } catch (IOException e) {
            throw new MachineException("cannot read " + file(setting) + ": " + words(e), e);
        }
    }

    @Override
    public void write(KernelSetting setting, String value) {
        try {
            put(setting, value);
        } catch (IOException e) {
            throw new MachineException("cannot write \"" + value + "\" to " + file(setting) + ": " + words(e), e);
        }
    }

    @Override
    public Optional<String> whyNotOpenable(KernelSetting setting) {
        try {
            FileChannel.open(file(setting), StandardOpenOption.WRITE).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write " + file(setting) + ": " + words(e));
        }
    }

    @Override
    public Optional<String> whyNotWritable(KernelSetting setting) {
        try {
            put(setting, read(setting));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write " + file(setting) + ": " + words(e));
        }
    }

    private void put(KernelSetting setting, String value) throws IOException {
        // neither created nor truncated; one write, because a sysctl takes each write as a whole value
        Files.write(file(setting), value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    private static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file (ENOENT); this kernel was built without it";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied (EACCES); only root may";
        }
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
        return switch (reason) {
            case "Operation not permitted" ->
                reason + " (EPERM); root without CAP_SYS_ADMIN, as in most containers, may not";
            case "Read-only file system" -> reason + " (EROFS); /proc/sys is mounted read-only, as in most containers";
            case "Invalid argument" -> reason + " (EINVAL); the kernel does not take this value";
            default -> reason;
        };
    }
}
