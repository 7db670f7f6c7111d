/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
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
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return connect();
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted(); // a timeout of the test; the warden is wanted all the same
                } catch (IOException e) {
                    throw new WardenLostException(socket + " does not let this user in: " + e, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private WardenLink connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new SocketLink(channel, socket);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
