/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The other end of a link: answers each line as one warden would that turns balancing off, or as it is told. */
final class ScriptedLink implements WardenLink {

    private static final int END_OF_STREAM = -1;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Integer> replies = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();
    private volatile String dyingAt = "never";
    private volatile String silentAt = "never";
    private volatile String ready = "ready 1 4711";
    private volatile String lastWords = "";
    private volatile boolean closed;

    /** Dies when it hears a line that begins so, before it answers. */
    ScriptedLink dyingAt(String request) {
        dyingAt = request;
        return this;
    }

    /** Never answers a line that begins so. */
    ScriptedLink silentAt(String request) {
        silentAt = request;
        return this;
    }

    ScriptedLink greetingWith(String text) {
        ready = text;
        return this;
    }

    ScriptedLink lastWords(String text) {
        lastWords = text;
        return this;
    }

    void die() {
        replies.add(END_OF_STREAM);
    }

    /** Returns what it was asked, without the greeting. */
    List<String> heard() {
        return List.copyOf(heard).stream()
                .filter(request -> !request.startsWith("tailgate "))
                .toList();
    }

    boolean isClosed() {
        return closed;
    }

    private void hear(String request) {
        heard.add(request);
        if (request.startsWith(dyingAt)) {
            die();
        } else if (!request.startsWith(silentAt)) {
            String[] words = request.split(" ", -1);
            say(
                    switch (words[0]) {
                        case "tailgate" -> ready;
                        case "hold", "check" -> "held " + words[1] + " 1 0\nend";
                        case "release" -> "restored " + words[1] + " 1\nend";
                        default -> "error what is " + words[0] + "?";
                    });
        }
    }

    void say(String text) {
        (text + "\n").chars().forEach(replies::add);
    }

    @Override
    public InputStream replies() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    int next = replies.take();
                    if (next == END_OF_STREAM) {
                        die(); // and so for ever
                    }
                    return next;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int next = read();
                if (next < 0) {
                    return next;
                }
                bytes[offset] = (byte) next;
                return 1;
            }
        };
    }

    @Override
    public OutputStream requests() {
        return new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                if (closed) {
                    throw new IOException("Broken pipe");
                }
                if (next == '\n') {
                    String request = line.toString();
                    line.setLength(0);
                    hear(request);
                } else {
                    line.append((char) next);
                }
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (char next : new String(bytes, offset, length, StandardCharsets.US_ASCII).toCharArray()) {
                    write(next);
                }
            }
        };
    }

    @Override
    public String lastWords() {
        return lastWords;
    }

    @Override
    public void close() {
        closed = true;
        die();
    }
}
