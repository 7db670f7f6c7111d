/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line of a JVM like a running one, with another main class.
 *
 * @param words to be executed
 * @param left by what name each option is called that the other JVM does not get
 */
record FreshCommand(List<String> words, List<String> left) {

    /**
     * What two JVMs cannot have at once: a port, or a file that is written. Debuggers and profilers come as native agents;
     * a Java agent may be what the tests cannot do without, so only those of coverage and of an IDE are left.
     */
    private static final Pattern OF_ONE_JVM = Pattern.compile("-agentlib:.*|-agentpath:.*|-Xrun.*|-Xdebug"
            + "|-javaagent:([^=]*[/\\\\])?[^=/\\\\]*(jacoco|coverage|idea_rt|debugger-agent)[^=/\\\\]*(=.*)?"
            + "|-Dcom\\.sun\\.management\\..*|-XX:\\+ManagementServer"
            + "|-Xlog:.*|-Xloggc:.*|-XX:(StartFlightRecording|FlightRecorderOptions|ArchiveClassesAtExit).*");

    /** What some JVMs tell among their options and set themselves. */
    private static final Pattern OF_THE_LAUNCHER =
            Pattern.compile("-Djava\\.class\\.path=.*|-Dsun\\.java\\.(command|launcher).*");

    FreshCommand {
        words = List.copyOf(words);
        left = List.copyOf(left);
    }

    /**
     * Returns the command.
     *
     * @param options as the running JVM tells its input arguments: argument files and variables are spelt out in them
     * @param classPath an argument file that sets the class path, which may be too long for a command line
     */
    static FreshCommand of(Path java, List<String> options, Path classPath, Class<?> main) {
        List<String> words = new ArrayList<>(List.of(java.toString()));
        List<String> left = new ArrayList<>();
        for (String option : options) {
            if (OF_ONE_JVM.matcher(option).matches()) {
                left.add(name(option));
            } else if (!OF_THE_LAUNCHER.matcher(option).matches()) {
                words.add(option);
            }
        }
        words.add("@" + classPath);
        words.add(main.getName());
        return new FreshCommand(words, left);
    }

    /** Keeps folders and values to itself: {@code -javaagent:org.jacoco.agent.jar}. */
    private static String name(String option) {
        String plain = option.split("=", 2)[0];
        int colon = plain.indexOf(':') + 1;
        int folder = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1;
        return plain.substring(0, colon) + plain.substring(Math.max(colon, folder));
    }

    /** Returns the text of an argument file that sets the class path: quoted, with its backslashes escaped. */
    static String classPathFile(List<String> entries, String separator) {
        String path = String.join(separator, entries);
        return "-cp\n\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }
}
