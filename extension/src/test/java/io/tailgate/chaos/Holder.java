/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The JVM that is hurt: starts a warden and passes lines on between it and the driver.
 *
 * <p>Lines with a {@code !} are for the holder itself. It loads as little as it can (no lambda, no concatenation by
 * {@code +}), because thousands of it are started.
 */
final class Holder {

    private final String binary;
    private final List<long[]> eaten = new ArrayList<>();
    private OutputStream toWarden = OutputStream.nullOutputStream();
    private long warden;

    private Holder(String binary) {
        this.binary = binary;
    }

    public static void main(String[] args) throws Exception {
        Holder holder = new Holder(args[0]);
        BufferedReader driver = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = driver.readLine(); line != null; line = driver.readLine()) {
            holder.obey(line);
        }
    }

    private void obey(String line) throws Exception {
        if (line.startsWith("!warden ")) {
            startWarden(line.substring("!warden ".length()));
        } else if (line.equals("!leak")) {
            leak();
        } else if (line.equals("!fork")) {
            System.out.println("!fork ".concat(Long.toString(ForkWithoutExec.fork())));
        } else if (line.equals("!eat")) {
            eat();
        } else if (line.equals("!halt")) {
            Runtime.getRuntime().halt(3);
        } else if (line.equals("!exit")) {
            System.exit(3);
        } else {
            pass(line);
        }
    }

    /** Starts one, in place of an earlier one that is dead. */
    private void startWarden(String point) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(binary).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        if (point.equals("-")) {
            environment.remove(Ground.STOP_FIFO);
        } else {
            environment.put(Ground.STOP_AT, point);
        }
        Process process = builder.start();
        warden = process.pid();
        toWarden = process.getOutputStream();
        System.out.println("!warden ".concat(Long.toString(warden)));
        new Relay(process).start();
        pass("tailgate 1 ".concat(Long.toString(ProcessHandle.current().pid())));
    }

    private void pass(String line) {
        try {
            toWarden.write(line.concat("\n").getBytes(StandardCharsets.US_ASCII));
            toWarden.flush();
        } catch (IOException e) {
            System.out.println("!deaf ".concat(String.valueOf(e.getMessage())));
        }
    }

    /** Starts a child that keeps the write end of the warden's pipe as its standard output. */
    private void leak() throws IOException {
        Path read = Files.readSymbolicLink(Path.of("/proc", Long.toString(warden), "fd", "0"));
        File[] open = new File("/proc/self/fd").listFiles();
        for (File file : open == null ? new File[0] : open) {
            if (Files.isSymbolicLink(file.toPath())
                    && Files.readSymbolicLink(file.toPath()).equals(read)) {
                Process child = new ProcessBuilder("sleep", "60")
                        .redirectOutput(file)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                System.out.println("!leak ".concat(Long.toString(child.pid())));
                return;
            }
        }
        System.out.println("!no pipe found");
    }

    private void eat() {
        while (true) {
            long[] block = new long[1 << 17];
            for (int i = 0; i < block.length; i += 512) {
                block[i] = i; // a page counts once it is touched
            }
            eaten.add(block);
        }
    }

    /** Tells the driver what the warden says, and when it has gone. */
    private static final class Relay extends Thread {

        private final Process warden;

        Relay(Process warden) {
            this.warden = warden;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(warden.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    System.out.println(line);
                }
            } catch (IOException e) {
                System.out.println("!".concat(String.valueOf(e.getMessage())));
            }
            System.out.println("!gone");
        }
    }
}
