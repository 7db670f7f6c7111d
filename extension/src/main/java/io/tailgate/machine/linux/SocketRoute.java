/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A warden of the system's own, started for each connection by systemd. */
final class SocketRoute implements WardenRoute {

    private final Path socket;

    SocketRoute(Path socket) {
        this.socket = socket;
    }

    @Override
    public WardenLink open() {
        if (!Files.exists(socket)) {
            throw new MachineException("there is no " + socket);
        }
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new SocketLink(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MachineException(socket + " does not let this user in: " + e.getMessage(), e);
        }
    }
}
