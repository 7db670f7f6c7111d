/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ways to a warden, best first. */
final class WardenRoutes {

    private final List<WardenRoute> routes;

    WardenRoutes(List<WardenRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    static WardenRoutes ofThisHost(Path proc, LibC libc) {
        return new WardenRoutes(List.of(
                new PackedRoute(proc, libc),
                new SocketRoute(Path.of("/run/tailgate-warden.socket")),
                new SudoRoute(Path.of("/usr/libexec/tailgate-warden"))));
    }

    /**
     * Begins to talk with the first warden that answers; if none does, says so of each.
     *
     * @throws WardenLostException if one was there and ended, or did not answer
     */
    WardenConversation begin(Duration limit, Consumer<WardenConversation> whenLost) {
        List<String> words = new ArrayList<>();
        for (WardenRoute route : routes) {
            try {
                return WardenConversation.begin(route.open(), limit, whenLost);
            } catch (WardenLostException e) {
                throw e;
            } catch (MachineException e) {
                words.add(String.valueOf(e.getMessage()));
            }
        }
        throw new MachineException(
                "no warden to be had: " + String.join("; ", words) + "; docs/warden.md tells how to install one");
    }
}
