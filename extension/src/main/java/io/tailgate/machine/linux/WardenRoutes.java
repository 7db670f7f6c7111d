/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The ways to a warden, best first. */
final class WardenRoutes {

    private final List<WardenRoute> routes;

    /** What was refused in words is not asked for again: sudo at every test would fill the log of an administrator. */
    private final Map<WardenRoute, MachineException> refusals = new HashMap<>();

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
     * @throws WardenLostException if one may be had another time: it ended, did not answer or could not be started
     */
    WardenConversation begin(Duration limit, Consumer<WardenConversation> whenLost) {
        List<MachineException> failures = new ArrayList<>();
        for (WardenRoute route : routes) {
            MachineException refusal = refusals.get(route);
            try {
                if (refusal == null) {
                    return WardenConversation.begin(route.open(), limit, whenLost);
                }
                failures.add(refusal);
            } catch (WardenLostException e) {
                failures.add(e);
            } catch (MachineException e) {
                refusals.put(route, e);
                failures.add(e);
            }
        }
        throw none(failures);
    }

    private static MachineException none(List<MachineException> failures) {
        String words = failures.stream()
                .map(MachineException::getMessage)
                .collect(
                        Collectors.joining("; ", "no warden to be had: ", "; docs/warden.md tells how to install one"));
        boolean another = failures.stream().anyMatch(WardenLostException.class::isInstance);
        MachineException none = another ? new WardenLostException(words) : new MachineException(words);
        failures.forEach(none::addSuppressed);
        return none;
    }
}
