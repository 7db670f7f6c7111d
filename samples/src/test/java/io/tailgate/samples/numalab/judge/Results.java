/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one boot of the guest has left: a folder for each of its JVMs, there called sessions.
 *
 * <p>Whatever is asked for must be there. What is missing fails the claim that needs it, with the name of the file: a
 * proof that skips what it cannot find would be green when nothing ran at all.
 */
final class Results {

    /** How often each test is run, and how many JVMs are killed. */
    static final int REPETITIONS = 3;

    static final String PACKAGE = "io.tailgate.samples.numalab.";
    private static final ObjectReader JSON = JsonMapper.builder()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, true)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
            .build()
            .reader();

    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    Guest guest() {
        return read("guest.json", Guest.class);
    }

    Session session(String session) {
        return read(session + "/session.json", Session.class);
    }

    /** Returns the reports of all repetitions of {@code test}. */
    List<Report> reports(String session, String test) {
        return repetitions()
                .mapToObj(n -> session + "/" + PACKAGE + test + "/inference-" + n + ".json")
                .map(file -> read(file, Report.class).required())
                .toList();
    }

    /** Returns the reports of JVMs that ran {@code test} once each: sessions {@code session}-1 and on. */
    List<Report> reportsOfJvms(String session, String test) {
        return repetitions()
                .mapToObj(n -> session + "-" + n + "/" + test + "/inference.json")
                .map(file -> read(file, Report.class).required())
                .toList();
    }

    /** Returns the report of a JVM of its own that ran {@code test} once: the session of that name. */
    Report report(String test) {
        return read(test + "/" + PACKAGE + test + "/inference.json", Report.class)
                .required();
    }

    /** Returns how the JVMs of {@code session}-1 and on ended. */
    List<Session> sessions(String session) {
        return repetitions().mapToObj(n -> session(session + "-" + n)).toList();
    }

    /** Returns how each repetition of {@code test} ended. */
    List<Event> events(String session, String test) {
        String file = session + "/events.jsonl";
        List<Event> events = text(file)
                .lines()
                .map(line -> parse(file, line, Event.class))
                .filter(event -> event.testClass().equals(test))
                .toList();
        if (events.size() != REPETITIONS) {
            throw new AssertionError(file + " tells of " + events.size() + " tests of " + test + " that finished, not "
                    + REPETITIONS + ": " + events);
        }
        return events;
    }

    List<Placement> placements(String test) {
        return repetitions()
                .mapToObj(n -> "root/placement-" + test + "-" + n + ".json")
                .map(file -> read(file, Placement.class))
                .toList();
    }

    List<Kill> kills() {
        return repetitions()
                .mapToObj(n -> read("kill-" + n + "/facts.json", Kill.class))
                .toList();
    }

    private static IntStream repetitions() {
        return IntStream.rangeClosed(1, REPETITIONS);
    }

    private <T> T read(String file, Class<T> type) {
        return parse(file, text(file), type);
    }

    private String text(String file) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new AssertionError("missing: " + path + "; the guest has not run this, or not to its end: see "
                    + folder.resolve("guest.log"));
        }
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T parse(String file, String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(folder.resolve(file) + " is not what was expected: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
