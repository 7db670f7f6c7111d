// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What an administrator is told.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

#define CLEAN "nothing is held, and nothing is left to restore\n"

static void command(const char *name, int status, const char *expected) {
    char output[TEXT_SIZE];
    int found = warden_command(name, output);
    if (strcmp(output, expected) != 0) FAIL("%s printed \"%s\" instead of \"%s\"", name, output, expected);
    if (found != status) FAIL("%s ended with %d instead of %d", name, found, status);
}

static void nothing_is_said_and_made_where_there_is_nothing(void) {
    command("restore", 0, CLEAN);
    command("status", 0, CLEAN);
    REQUIRE(!tree_has(STATE));
}

static void what_is_held_is_told_and_left(void) {
    char expected[TEXT_SIZE];
    char held[TEXT_SIZE / 2];
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    snprintf(held, sizeof held, "held numa_balancing at 0 by warden %d for process %d (administrator_t)\n",
             (int)warden.process, (int)getpid());
    command("restore", 0, held);
    snprintf(expected, sizeof expected,
             "%sjournal numa_balancing was 1, set to 0: restored when nobody holds it any more\n", held);
    command("status", 0, expected);
    tree_expect(NUMA, "0");
    REQUIRE(warden_end(&warden) == 0);
    command("status", 0, CLEAN);
}

static void what_dead_wardens_left_is_restored(void) {
    leave_a_journal();
    command("status", 0,
            "journal numa_balancing was 1, set to 0: nobody holds it, to restore it: tailgate-warden restore, or java "
            "-jar tailgate-junit.jar restore\n");
    tree_expect(NUMA, "0");
    command("restore", 0, "restored numa_balancing 1\n");
    tree_expect(NUMA, "1");
    command("restore", 0, CLEAN);
}

// Its exit takes a while: until then the kernel keeps its locks. Half a second is waited; here a tenth of that is taken.
static void what_a_dying_warden_holds_is_waited_for(void) {
    int status;
    leave_a_journal();
    int lease = open(tree_path(STATE "/numa_balancing.4711.lease"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(lease >= 0 && flock(lease, LOCK_EX) == 0);
    int answer = open(tree_path("/answer"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    pid_t restore = warden_command_start("restore", answer);
    nanosleep(&(struct timespec){0, 50000000}, NULL);
    close(lease);
    REQUIRE(waitpid(restore, &status, 0) == restore && status == 0);
    close(answer);
    tree_expect("/answer", "restored numa_balancing 1");
    tree_expect(NUMA, "1");
}

static void a_foreign_value_is_told_and_left(void) {
    leave_a_journal();
    tree_put(NUMA, "3\n");
    command("restore", 0, "foreign numa_balancing 3\n");
    tree_expect(NUMA, "3");
    command("restore", 0, CLEAN);
}

static void a_damaged_journal_makes_it_fail(void) {
    leave_a_journal();
    tree_put(JOURNAL, "tailgate-journal 1\n");
    command("status", 0, "journal numa_balancing its journal is damaged, so that nobody knows what the value was\n");
    command("restore", 1,
            "refused numa_balancing its journal is damaged, so that nobody knows what the value was; set aside as "
            "numa_balancing.journal.rejected, the value is left at 0\n");
    tree_expect(NUMA, "0");
}

// The moment at which an administrator wants to know most.
static void status_needs_no_lock(void) {
    char line[TEXT_SIZE];
    char output[TEXT_SIZE];
    leave_a_journal();
    struct warden stopped = warden_start("locked");
    snprintf(line, sizeof line, "tailgate 1 %d\nhold numa_balancing", (int)getpid());
    warden_say(&stopped, line);
    warden_await_stop(&stopped);
    REQUIRE(warden_command("status", output) == 0);
    REQUIRE(strstr(output, "journal numa_balancing was 1, set to 0: nobody holds it") == output);
    warden_kill(&stopped);
    command("restore", 0, "restored numa_balancing 1\n");
}

// A pager that nobody scrolls on, or a full terminal.
static void who_does_not_read_the_answer_stops_nobody(void) {
    enum { INTERRUPTS = 200 };
    char path[TEXT_SIZE];
    char line[TEXT_SIZE];
    int ends[2];
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
        tree_put(path, "0-3\n");
    }
    struct warden holds = warden_ready();
    warden_say(&holds, "hold irq_affinity 3");
    do {
        REQUIRE(warden_line(&holds, line));
    } while (strcmp(line, "end") != 0);
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[1], F_SETPIPE_SZ, getpagesize()) == getpagesize());
    pid_t unread = warden_command_start("restore", ends[1]);
    close(ends[1]);
    struct pollfd answer = {.fd = ends[0], .events = POLLIN};
    REQUIRE(poll(&answer, 1, 60000) == 1);
    warden_say(&holds, "hold numa_balancing");
    warden_expect(&holds, "held numa_balancing 1 0\nend\n");
    close(ends[0]);
    REQUIRE(waitpid(unread, NULL, 0) == unread);
    REQUIRE(warden_end(&holds) == 0);
    tree_expect(NUMA, "1");
}

static void other_arguments_are_wrong_use(void) {
    char output[TEXT_SIZE];
    REQUIRE(warden_command("hold", output) == 64);
    REQUIRE(warden_command("", output) == 64);
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"nothing_is_said_and_made_where_there_is_nothing", nothing_is_said_and_made_where_there_is_nothing},
        {"what_is_held_is_told_and_left", what_is_held_is_told_and_left},
        {"what_dead_wardens_left_is_restored", what_dead_wardens_left_is_restored},
        {"what_a_dying_warden_holds_is_waited_for", what_a_dying_warden_holds_is_waited_for},
        {"a_foreign_value_is_told_and_left", a_foreign_value_is_told_and_left},
        {"a_damaged_journal_makes_it_fail", a_damaged_journal_makes_it_fail},
        {"status_needs_no_lock", status_needs_no_lock},
        {"who_does_not_read_the_answer_stops_nobody", who_does_not_read_the_answer_stops_nobody},
        {"other_arguments_are_wrong_use", other_arguments_are_wrong_use},
        {NULL, NULL},
    };
    return fixture_run(count, arguments, tests);
}
