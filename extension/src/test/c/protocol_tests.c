// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The lines between client and warden, and everything that is no such line.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

static void holds_checks_and_releases(void) {
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    tree_expect(NUMA, "0");
    REQUIRE(tree_has(JOURNAL));
    warden_say(&warden, "check numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    warden_say(&warden, "release numa_balancing");
    warden_expect(&warden, "restored numa_balancing 1\nend\n");
    tree_expect(NUMA, "1");
    REQUIRE(warden_end(&warden) == 0);
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
}

static void releases_at_the_end_of_the_input(void) {
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void keeps_what_is_as_wanted(void) {
    tree_put(NUMA, "0\n");
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "kept numa_balancing 0\nend\n");
    REQUIRE(!tree_has(JOURNAL));
    warden_say(&warden, "release numa_balancing");
    warden_expect(&warden, "kept numa_balancing 0\nend\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void answers_nonsense_and_goes_on(void) {
    static const char *const nonsense[] = {
        "", " ", "hold", "hold ", "hold  numa_balancing", "hold numa_balancing ", "hold nothing", "HOLD numa_balancing",
        "hold numa_balancing 0", "hold governor", "hold governor 1,", "hold governor ,1", "hold governor 3-1",
        "hold governor 8192", "hold governor 99999999999999999999", "hold governor -1", "hold governor 1 2",
        "hold ../../etc/passwd", "check", "check numa_balancing", "release numa_balancing", "release numa_balancing 1",
        "restore", "tailgate 1 1", "hold numa_balancing\r", "hold numa\tbalancing",
    };
    struct warden warden = warden_ready();
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        warden_say(&warden, nonsense[i]);
        warden_expect(&warden, "error *\n");
    }
    warden_send(&warden, "hold numa\0balancing\n", 20);
    warden_expect(&warden, "error *\n");
    tree_expect(NUMA, "1");
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "error numa_balancing is held already*\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void puts_partial_lines_together(void) {
    const struct timespec pause = {0, 2000000};
    struct warden warden = warden_ready();
    for (const char *letter = "hold numa_balancing\nrelease numa_balancing\n"; *letter != '\0'; letter++) {
        warden_send(&warden, letter, 1);
        nanosleep(&pause, NULL);
    }
    warden_expect(&warden, "held numa_balancing 1 0\nend\nrestored numa_balancing 1\nend\n");
    warden_send(&warden, "hold numa_balancing", 19);
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void skips_lines_that_are_too_long(void) {
    char line[3000];
    struct warden warden = warden_ready();
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    warden_send(&warden, line, sizeof line);
    warden_expect(&warden, "error a line has at most 512 bytes\n");
    line[511] = '\n';
    warden_send(&warden, line, 512);
    warden_expect(&warden, "error not understood*\n");
    line[511] = 'x';
    line[512] = '\n';
    warden_send(&warden, line, 513);
    warden_expect(&warden, "error a line has at most 512 bytes\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void refused(const char *first, const char *answer) {
    struct warden warden = warden_start(NULL);
    warden_say(&warden, first);
    warden_expect(&warden, answer);
    REQUIRE(warden_await_end(&warden) == 2);
    REQUIRE(!tree_has(STATE));
}

static void refuses_other_versions_and_unknown_processes(void) {
    refused("tailgate 2 1", "refused this warden speaks version 1 of the protocol*\n");
    refused("tailgate", "refused the first line is not *\n");
    refused("hold numa_balancing", "refused the first line is not *\n");
    refused("tailgate 1", "refused the first line has no process id\n");
    refused("tailgate 1 0", "refused the first line has no process id\n");
    refused("tailgate 1 -5", "refused the first line has no process id\n");
    refused("tailgate 1 99999999", "refused cannot watch process 99999999: *\n");
    refused("\x80\x81", "refused the first line is not *\n");
}

// A child of the client that was forked with the pipe's end, and lives on.
static void ends_with_its_client_although_the_pipe_is_open(void) {
    char line[TEXT_SIZE];
    struct warden warden = warden_start(NULL);
    pid_t client = fork();
    if (client == 0) {
        for (;;) pause();
    }
    snprintf(line, sizeof line, "tailgate 1 %d", (int)client);
    warden_say(&warden, line);
    warden_expect(&warden, "ready 1 *\n");
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    kill(client, SIGKILL);
    REQUIRE(warden_await_end(&warden) == 0);
    tree_expect(NUMA, "1");
    (void)waitpid(client, NULL, 0);
}

// What a client says of itself is not needed, and not believed, where the kernel knows it.
static void on_a_socket_the_kernel_says_who_the_client_is(void) {
    struct warden warden = warden_on_socket();
    warden_say(&warden, "tailgate 1 99999999");
    warden_expect(&warden, "ready 1 *\n");
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(shutdown(warden.to, SHUT_WR) == 0);
    REQUIRE(warden_await_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void restores_for_a_client_that_never_reads(void) {
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    REQUIRE(fcntl(warden.to, F_SETFL, O_NONBLOCK) == 0);
    // until neither takes any more: its output is full, and then its input
    for (int full = 0; full < 50;) {
        if (write(warden.to, "nonsense\n", 9) == 9) {
            full = 0;
        } else {
            (void)poll(NULL, 0, 1);
            full++;
        }
    }
    tree_expect(NUMA, "0");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void survives_the_signals_of_its_group(void) {
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGTSTP, SIGALRM, SIGXCPU};
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) kill(warden.process, signals[i]);
    warden_say(&warden, "check numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(getsid(warden.process) == warden.process);
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void leaks_no_descriptor(void) {
    struct warden warden = warden_ready();
    char descriptors[64];
    int first = 0;
    snprintf(descriptors, sizeof descriptors, "/proc/%d/fd/.", (int)warden.process);
    for (int round = 0; round < 20; round++) {
        warden_say(&warden, "hold numa_balancing");
        warden_expect(&warden, "held numa_balancing 1 0\nend\n");
        warden_say(&warden, "release numa_balancing");
        warden_expect(&warden, "restored numa_balancing 1\nend\n");
        warden_say(&warden, "hold irq_affinity 1");
        warden_expect(&warden, "absent irq_affinity *\nend\n");
        int now = 0;
        for (int descriptor = 0; descriptor < 100; descriptor++) {
            snprintf(descriptors, sizeof descriptors, "/proc/%d/fd/%d", (int)warden.process, descriptor);
            if (faccessat(AT_FDCWD, descriptors, F_OK, AT_SYMLINK_NOFOLLOW) == 0) now++;
        }
        if (round == 0) first = now;
        REQUIRE(first >= 4 && now == first);
    }
    REQUIRE(warden_end(&warden) == 0);
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"holds_checks_and_releases", holds_checks_and_releases},
        {"releases_at_the_end_of_the_input", releases_at_the_end_of_the_input},
        {"keeps_what_is_as_wanted", keeps_what_is_as_wanted},
        {"answers_nonsense_and_goes_on", answers_nonsense_and_goes_on},
        {"puts_partial_lines_together", puts_partial_lines_together},
        {"skips_lines_that_are_too_long", skips_lines_that_are_too_long},
        {"refuses_other_versions_and_unknown_processes", refuses_other_versions_and_unknown_processes},
        {"ends_with_its_client_although_the_pipe_is_open", ends_with_its_client_although_the_pipe_is_open},
        {"on_a_socket_the_kernel_says_who_the_client_is", on_a_socket_the_kernel_says_who_the_client_is},
        {"restores_for_a_client_that_never_reads", restores_for_a_client_that_never_reads},
        {"survives_the_signals_of_its_group", survives_the_signals_of_its_group},
        {"leaks_no_descriptor", leaks_no_descriptor},
        {NULL, NULL},
    };
    return fixture_run(count, arguments, tests);
}
