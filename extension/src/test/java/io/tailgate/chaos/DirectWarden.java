/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A warden whose client is the driver of the chaos itself; quick, where no JVM has to die. */
final class DirectWarden extends Client {

    private DirectWarden(Ground ground, LineProcess process) {
        super(ground, process);
    }

    /** Starts it by the command in front, if there is one, which gets its path as the last argument. */
    static DirectWarden start(Ground ground, Optional<FaultPoint> stop, String... inFront) throws IOException {
        List<String> command = new ArrayList<>(List.of(inFront));
        command.add(ground.warden().toString());
        ProcessBuilder builder = ground.inside(new ProcessBuilder(command));
        stop.ifPresentOrElse(
                point -> builder.environment().put(Ground.STOP_AT, point.wardenName()),
                () -> builder.environment().remove(Ground.STOP_FIFO));
        DirectWarden warden = new DirectWarden(ground, new LineProcess(builder));
        warden.process.say("tailgate 1 " + ProcessHandle.current().pid());
        return warden;
    }

    long pid() {
        return process.pid();
    }

    /** The end of its client, as far as the warden can see. */
    void leave() throws InterruptedException {
        process.closeInput();
        process.exitValue();
    }
}
