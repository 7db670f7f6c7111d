/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.Warden;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The ways to real processes; those here are shell scripts that speak as a warden does, so nothing is changed. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WardenLiveTests {

    private static final String SCRIPT = """
            read -r greeting
            echo "ready 1 $$"
            while read -r word setting; do
                case $word in
                    hold | check) echo "held $setting 1 0" ;;
                    release) echo "restored $setting 1" ;;
                esac
                echo end
            done
            """;

    /** Starts and answers in milliseconds, unless the machine is very busy; who does not answer is waited for so long. */
    private static final Duration LONG_FOR_A_SHELL = Duration.ofSeconds(2);

    private static Warden warden(Duration limit, String script) {
        return new LinuxWarden(new WardenRoutes(List.of(() -> start(script))), limit);
    }

    private static WardenLink start(String script) {
        try {
            return ChildLink.start(List.of("/bin/sh", "-c", script));
        } catch (IOException e) {
            throw new MachineException("no shell here", e);
        }
    }

    /** Those of other tests among them, as long as nobody collects their warden. */
    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    @Test
    void speaksWithAChild() {
        Warden warden = warden(Duration.ofSeconds(20), SCRIPT);
        assertThat(warden.hold(NUMA_BALANCING, Optional.empty()))
                .containsExactly(SettingState.held("numa_balancing", "1", "0"));
        assertThat(warden.release(NUMA_BALANCING)).hasSize(1);
    }

    @Test
    void replacesAChildThatIsStopped() throws Exception {
        Warden warden = warden(LONG_FOR_A_SHELL, SCRIPT);
        Set<ProcessHandle> before = children();
        warden.hold(NUMA_BALANCING, Optional.empty());
        Set<ProcessHandle> started = children();
        started.removeAll(before);
        assertThat(started).hasSize(1);
        ProcessHandle stopped = started.iterator().next();
        new ProcessBuilder("kill", "-STOP", Long.toString(stopped.pid()))
                .start()
                .waitFor();

        assertThat(warden.check(NUMA_BALANCING)).hasSize(1);

        assertThat(warden.losses()).isOne();
        stopped.onExit().get(30, TimeUnit.SECONDS);
        warden.release(NUMA_BALANCING);
    }

    /** One that waits for the lock of another warden, which is frozen, say. */
    @Test
    void letsAChildThatIsLateRestore(@TempDir Path folder) throws Exception {
        Path letIt = folder.resolve("let it");
        Path restored = folder.resolve("restored");
        String late = """
                read -r greeting; echo "ready 1 $$"
                read -r hold; echo "held numa_balancing 1 0"; echo end
                read -r release
                tries=600; until [ -e '%s' ] || [ $tries = 0 ]; do sleep 0.1; tries=$((tries - 1)); done
                echo 1 >'%s'
                """.formatted(letIt, restored);
        Deque<String> scripts = new ArrayDeque<>(List.of(late, SCRIPT));
        Warden warden = new LinuxWarden(new WardenRoutes(List.of(() -> start(scripts.remove()))), LONG_FOR_A_SHELL);
        warden.hold(NUMA_BALANCING, Optional.empty());

        warden.release(NUMA_BALANCING);

        assertThat(warden.losses()).isOne();
        Files.createFile(letIt);
        for (int i = 0; i < 3_000 && !Files.exists(restored); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(restored).exists();
    }

    @Test
    void passesOnTheLastWordsOfAChild() {
        Warden warden = warden(Duration.ofSeconds(20), "echo 'sudo: a password is required' >&2; exit 1");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> warden.hold(NUMA_BALANCING, Optional.empty()))
                .withMessageContaining("sudo: a password is required");
    }

    @Test
    void speaksThroughASocketAndSurvivesAnInterrupt(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread peer = new Thread(() -> answer(server));
            peer.setDaemon(true);
            peer.start();
            Warden warden = new LinuxWarden(new WardenRoutes(List.of(new SocketRoute(path))), Duration.ofSeconds(20));

            Thread.currentThread().interrupt();
            assertThat(warden.hold(NUMA_BALANCING, Optional.empty())).hasSize(1);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(warden.losses()).isZero();
        }
    }

    private static void answer(ServerSocketChannel server) {
        try (SocketChannel client = server.accept()) {
            client.write(line("ready 1 4711\n"));
            client.write(line("held numa_balancing 1 0\nend\n"));
            client.read(ByteBuffer.allocate(1000));
            TimeUnit.SECONDS.sleep(20);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void saysWhichWaysThereAreNot(@TempDir Path folder) {
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new SocketRoute(folder.resolve("none")).open())
                .withMessageStartingWith("there is no ")
                .withMessageEndingWith("/none");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new SudoRoute(folder.resolve("none")).open())
                .withMessageEndingWith("/none for sudo -n");
    }

    @Test
    void saysThatAFileIsNoSocket(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new SocketRoute(file).open())
                .withMessageContaining("does not let this user in");
    }

    @Test
    void letsOnlyRootStartThePackedOne() throws IOException {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("user")
                .isNotEqualTo(0);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new PackedRoute(Path.of("/proc"), new FakeLibC()).open())
                .withMessageStartingWith("only root may change the host, and this is user ");
    }

    @Test
    void startsThePackedOneFromAFolderWhereMemoryIsRefused() throws IOException {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("user")
                .isEqualTo(0);
        WardenLink link = new PackedRoute(Path.of("/proc"), new FakeLibC()).open();
        link.close();
        assertThat(link.lastWords())
                .as("it was told nothing and so did nothing")
                .doesNotContain("usage");
    }

    @Test
    void unpacksForTheOwnerToChangeAndForAllToRun(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("warden");
        PackedProgram.WARDEN.unpack(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-xr-x");
    }
}
