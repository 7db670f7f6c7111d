/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The installed warden, by a rule of sudo that asks for no password. */
final class SudoRoute implements WardenRoute {

    private final Path installed;

    SudoRoute(Path installed) {
        this.installed = installed;
    }

    @Override
    public WardenLink open() {
        if (!Files.exists(installed)) {
            throw new MachineException("there is no " + installed + " for sudo -n");
        }
        try {
            return ChildLink.start(List.of("sudo", "-n", installed.toString()));
        } catch (IOException e) {
            throw new WardenLostException(installed + " is there, but sudo cannot be run: " + e.getMessage(), e);
        }
    }
}
