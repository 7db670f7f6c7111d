/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one warden and its answers, one at a time, each within a time limit.
 *
 * <p>A daemon thread reads all the time, so that the warden's end is noticed when nobody asks it anything.
 */
final class WardenConversation implements AutoCloseable {

    private static final String NO_MORE = "";

    private final WardenLink link;
    private final Duration limit;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private long pid;

    private WardenConversation(WardenLink link, Duration limit) {
        this.link = link;
        this.limit = limit;
    }

    /**
     * Greets the warden.
     *
     * @param whenLost told, on a thread of its own, when the warden ends or is let go
     */
    static WardenConversation begin(WardenLink link, Duration limit, Consumer<WardenConversation> whenLost) {
        WardenConversation conversation = new WardenConversation(link, limit);
        Thread reader = new Thread(() -> conversation.read(whenLost), "tailgate-warden");
        reader.setDaemon(true);
        reader.start();
        try {
            conversation.send(WardenProtocol.greeting(ProcessHandle.current().pid()));
            conversation.pid = WardenProtocol.ready(conversation.next());
            return conversation;
        } catch (WardenLostException e) {
            String words = link.lastWords();
            conversation.close();
            throw words.isEmpty() ? e : new MachineException(words, e);
        } catch (RuntimeException | Error e) {
            conversation.close();
            throw e;
        }
    }

    private void read(Consumer<WardenConversation> whenLost) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(link.replies(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                replies.add(line);
            }
        } catch (IOException e) {
            // closed by this side, or the warden's end broke the link: it is over in both cases
        }
        replies.add(NO_MORE);
        whenLost.accept(this);
    }

    /** Returns the states that the warden answers with. */
    List<SettingState> ask(String request) {
        send(request);
        List<SettingState> states = new ArrayList<>();
        for (String line = next(); !line.equals(WardenProtocol.END); line = next()) {
            if (line.startsWith("error ")) {
                throw new MachineException("the warden did not take \"" + request + "\": " + line.substring(6));
            }
            states.add(understood(line));
        }
        return states;
    }

    /** After what is not understood nobody knows which line answers what. */
    private static SettingState understood(String line) {
        try {
            return WardenProtocol.state(line);
        } catch (MachineException e) {
            throw new WardenLostException(String.valueOf(e.getMessage()), e);
        }
    }

    private void send(String line) {
        try {
            link.requests().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            link.requests().flush();
        } catch (IOException e) {
            throw new WardenLostException(name() + " cannot be reached: " + e, e);
        }
    }

    private String next() {
        String line = poll();
        if (line == null) {
            throw new WardenLostException(
                    name() + " did not answer within " + limit.toMillis() + " ms; it is stopped or hangs");
        }
        if (line.equals(NO_MORE)) {
            replies.add(NO_MORE);
            throw new WardenLostException(name() + " ended before it answered");
        }
        return line;
    }

    /** Waits on in spite of an interrupt, as a timeout sends it: what is held has to be given back all the same. */
    private @Nullable String poll() {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return replies.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns e.g. {@code the warden (process 4711)}. */
    String name() {
        return pid == 0 ? link.name() : "the warden (process " + pid + ")";
    }

    @Override
    public void close() {
        link.close();
    }
}
