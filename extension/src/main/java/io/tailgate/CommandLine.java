/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.linux.PackedProgram;
import io.tailgate.report.Comparison;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an administrator asks of the jar itself; needs nothing but the jar. */
final class CommandLine {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 64; // EX_USAGE of sysexits.h

    private static final List<Command> COMMANDS = List.of(
            new Command(
                    "status",
                    "",
                    "says which settings of this host are held, by whom, and what is left",
                    arguments -> PackedProgram.WARDEN.run("status")),
            new Command(
                    "restore",
                    "",
                    "restores what killed tests left; needs root",
                    arguments -> PackedProgram.WARDEN.run("restore")),
            new Command(
                    "compare",
                    "BEFORE.json AFTER.json PICTURE.svg",
                    "draws two reports side by side on the same axes",
                    arguments -> compare(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))),
            new Command(
                    "unpack-warden",
                    "FILE",
                    "writes the warden's program there, to be installed",
                    arguments -> unpack(PackedProgram.WARDEN, Path.of(arguments[0]))),
            new Command(
                    "unpack-launcher",
                    "FOLDER",
                    "writes FOLDER/bin/java, which runs java under a local memory policy",
                    arguments -> unpackLauncher(Path.of(arguments[0]))));

    private CommandLine() {}

    /**
     * A word that the command line begins with.
     *
     * @param parameters what has to follow it, for the usage; empty for nothing
     */
    private record Command(String name, String parameters, String help, Action action) {

        String usage() {
            return name + (parameters.isEmpty() ? "" : " " + parameters);
        }

        boolean takes(String[] arguments) {
            return name.equals(arguments[0]) && arguments.length == usage().split(" ", -1).length;
        }
    }

    private interface Action {

        /** Returns the exit status. */
        int run(String[] arguments);
    }

    public static void main(String[] arguments) {
        int status = run(arguments);
        if (status != 0) { // else a Maven that runs this inside itself would end with it
            System.exit(status);
        }
    }

    /** Returns the exit status: 0, 1 with words on the standard error stream, 64 for a line that is not understood. */
    static int run(String... arguments) {
        if (arguments.length == 1 && List.of("help", "--help", "-h").contains(arguments[0])) {
            Console.line(usage());
            return 0;
        }
        for (Command command : COMMANDS) {
            if (arguments.length > 0 && command.takes(arguments)) {
                return run(command, Arrays.copyOfRange(arguments, 1, arguments.length));
            }
        }
        Console.error((arguments.length == 0 ? "" : "not understood: " + String.join(" ", arguments) + "\n") + usage());
        return WRONG_USE;
    }

    private static int run(Command command, String[] arguments) {
        try {
            return command.action().run(arguments);
        } catch (MachineException | InvalidPathException e) {
            Console.error(command.name() + ": " + e.getMessage());
            return FAILED;
        }
    }

    private static int compare(Path before, Path after, Path picture) {
        try {
            Comparison.write(before, after, picture);
        } catch (IOException | IllegalArgumentException e) {
            Console.error("compare: " + e.getMessage());
            return FAILED;
        }
        Console.line("wrote " + picture.toAbsolutePath());
        return 0;
    }

    private static int unpack(PackedProgram program, Path file) {
        program.unpack(file);
        Console.line("wrote " + file.toAbsolutePath() + "; docs/warden.md tells what to do with it");
        return 0;
    }

    private static int unpackLauncher(Path folder) {
        LauncherFolder.unpack(folder);
        Console.line("wrote " + folder.resolve("bin/java").toAbsolutePath()
                + "; docs/without-root.md tells what to do with it");
        return 0;
    }

    private static String usage() {
        return COMMANDS.stream()
                .map(command -> String.format(Locale.ROOT, "  %-24s %s", command.usage(), command.help()))
                .collect(Collectors.joining("\n", "usage: java -jar tailgate-junit.jar COMMAND\n", ""));
    }
}
