/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Somebody who holds the ground's setting through a warden. */
class Client implements AutoCloseable {

    final Ground ground;
    final LineProcess process;

    Client(Ground ground, LineProcess process) {
        this.ground = ground;
        this.process = process;
    }

    void say(String verb) {
        process.say(verb + " " + ground.setting().name());
    }

    /** Returns the warden's word on the setting. */
    String answerTo(String verb) throws InterruptedException {
        say(verb);
        return answer();
    }

    String answer() throws InterruptedException {
        List<String> lines = process.hearUntil("end");
        assertThat(lines).as("reply of the warden").hasSizeGreaterThan(1);
        return lines.get(lines.size() - 2);
    }

    /** Holds, and is sure of it. */
    void hold(String before) throws InterruptedException {
        assertHeld(answerTo("hold"), before);
    }

    void assertHeld(String answer, String before) {
        String wanted = ground.setting().wanted();
        assertThat(answer).isEqualTo("held " + ground.setting().name() + " " + before + " " + wanted);
        assertThat(ground.value()).as("value while held").isEqualTo(wanted);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
