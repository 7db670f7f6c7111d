/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts settings back when it is closed, and also when this JVM is killed; ends every process of the ground first.
 *
 * <p>First, because a warden that still lives would restore what the chaos had set. A warden that stands still would
 * do so whenever somebody continued it.
 */
final class ChaosKeeper implements AutoCloseable {

    /** In the environment of every process of a ground: how the keeper knows them. */
    static final String MARK = "TAILGATE_CHAOS_GROUND";

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            ground=$1; mark=$2; shift 2
            echo ready
            read -r _
            for marked in $(grep -lzxs "$mark=$ground" /proc/[0-9]*/environ); do
                process=${marked#/proc/}
                kill -9 "${process%/environ}"
            done
            sleep 0.2
            while [ $# -gt 0 ]; do
                echo "$1" >"$2"
                shift 2
            done
            rmdir /sys/fs/cgroup/memory/"${ground##*/}"-* 2>/dev/null
            rm -rf "$ground"
            """;

    private final Process restorer;

    ChaosKeeper(Path ground, List<Path> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "keep", ground.toString(), MARK));
        for (Path setting : settings) {
            command.add(Files.readAllLines(setting).get(0));
            command.add(setting.toString());
        }
        restorer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat((char) restorer.getInputStream().read()).isEqualTo('r'); // from now on it survives signals
    }

    @Override
    public void close() throws IOException {
        restorer.getOutputStream().close();
        restorer.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
