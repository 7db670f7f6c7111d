/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A warden behind a socket. */
final class SocketLink implements WardenLink {

    private final SocketChannel channel;
    private final Path socket;

    /** Writes for the test's thread: a channel is closed when a thread that uses it is interrupted, as by a timeout. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "tailgate-warden-requests");
        thread.setDaemon(true);
        return thread;
    });

    SocketLink(SocketChannel channel, Path socket) {
        this.channel = channel;
        this.socket = socket;
    }

    @Override
    public String name() {
        return "the warden of " + socket;
    }

    @Override
    public InputStream replies() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream requests() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                ByteBuffer copy =
                        ByteBuffer.allocate(length).put(bytes, offset, length).flip();
                writer.execute(() -> send(copy));
            }
        };
    }

    /** A failure ends the link, which the reader of the replies is told. */
    private void send(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public String lastWords() {
        return ""; // they are in the system's journal
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            channel.close();
        } catch (IOException e) {
            // closed all the same
        }
    }
}
