/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A state directory that somebody else could write to, with a good journal in it: it is refused, and not touched. */
enum StateDirectoryFault implements Fault {
    SYMLINKED("symlinked") {
        @Override
        void harm(Path state) throws IOException {
            Files.move(state, aside(state));
            Files.createSymbolicLink(state, aside(state));
        }

        @Override
        void undo(Path state) throws IOException {
            Files.delete(state);
            Files.move(aside(state), state);
        }
    },
    WORLD_WRITABLE("world-writable") {
        @Override
        void harm(Path state) throws IOException {
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        }

        @Override
        void undo(Path state) throws IOException {
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        }
    },
    GROUP_WRITABLE("group-writable") {
        @Override
        void harm(Path state) throws IOException {
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwx---"));
        }

        @Override
        void undo(Path state) throws IOException {
            WORLD_WRITABLE.undo(state);
        }
    },
    FOREIGN_OWNED("foreign-owned") {
        @Override
        void harm(Path state) throws IOException {
            Files.setAttribute(state, "unix:uid", 65_534);
        }

        @Override
        void undo(Path state) throws IOException {
            Files.setAttribute(state, "unix:uid", 0);
        }
    },
    A_FILE("a file") {
        @Override
        void harm(Path state) throws IOException {
            Files.move(state, aside(state));
            Files.writeString(state, "not a directory");
        }

        @Override
        void undo(Path state) throws IOException {
            SYMLINKED.undo(state);
        }
    };

    private final String words;

    StateDirectoryFault(String words) {
        this.words = words;
    }

    abstract void harm(Path state) throws IOException;

    abstract void undo(Path state) throws IOException;

    @Override
    public String kind() {
        return "state directory, " + words;
    }

    @Override
    public Ending inject(Round round) throws Exception {
        Path state = round.ground().state();
        LeftBehind.by(round);
        harm(state);
        Map<Path, FileTime> found = content(state);
        try {
            Refusal.of(round);
            assertThat(RestoreCommand.runAnyhow(round.ground())).doesNotContain("exit value 0");
            assertThat(round.ground().value())
                    .as("value without a trusted journal")
                    .isEqualTo(round.wanted());
            assertThat(content(state)).as("content of the refused directory").isEqualTo(found);
        } finally {
            undo(state);
        }
        RestoreCommand.run(round.ground());
        round.assertRestored();
        return Ending.NOTHING_WRITTEN;
    }

    private static Path aside(Path state) {
        return state.resolveSibling("aside");
    }

    private static Map<Path, FileTime> content(Path state) throws IOException {
        Map<Path, FileTime> content = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> files = Files.walk(state.toRealPath())) {
            paths = files.toList();
        }
        for (Path path : paths) {
            content.put(path, Files.getLastModifiedTime(path));
        }
        return content;
    }
}
