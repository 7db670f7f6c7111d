// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The state directory and its lock: what is unsafe is refused in words, and who has it is waited for, not for ever.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

static void greet(struct warden *warden) {
    char line[TEXT_SIZE];
    snprintf(line, sizeof line, "tailgate 1 %d", (int)getpid());
    warden_say(warden, line);
}

static void is_refused(const char *words) {
    char line[TEXT_SIZE];
    struct warden warden = warden_start(NULL);
    greet(&warden);
    REQUIRE(warden_line(&warden, line));
    if (strncmp(line, "refused ", 8) != 0 || strstr(line, words) == NULL) FAIL("\"%s\" without \"%s\"", line, words);
    REQUIRE(warden_await_end(&warden) == 2);
    tree_expect(NUMA, "1");
}

static void modes_other_than_0700_are_refused(void) {
    static const mode_t modes[] = {0777, 0755, 0710, 0701, 01700, 02700, 0500};
    REQUIRE(mkdir(tree_path(STATE), 0700) == 0);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        REQUIRE(chmod(tree_path(STATE), modes[i]) == 0);
        is_refused("instead of 0700");
    }
}

static void a_link_or_a_file_is_refused(void) {
    REQUIRE(mkdir(tree_path("/run/elsewhere"), 0700) == 0);
    REQUIRE(symlink(tree_path("/run/elsewhere"), tree_path(STATE)) == 0);
    is_refused("a link or a file where a folder belongs");
    REQUIRE(unlink(tree_path(STATE)) == 0);
    tree_put(STATE, "");
    is_refused("a link or a file where a folder belongs");
    REQUIRE(unlink(tree_path(STATE)) == 0);
    tree_remove_all("/run");
    is_refused("ENOENT");
}

static void another_users_folder_is_refused(void) {
    if (geteuid() != 0) return;  // only root can give a folder away
    REQUIRE(mkdir(tree_path(STATE), 0700) == 0 && chown(tree_path(STATE), 65534, 65534) == 0);
    is_refused("belongs to user 65534");
}

static void hold_is_refused(const char *words) {
    char line[TEXT_SIZE];
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    REQUIRE(warden_line(&warden, line));
    if (strncmp(line, "refused numa_balancing ", 23) != 0 || strstr(line, words) == NULL) {
        FAIL("\"%s\" without \"%s\"", line, words);
    }
    warden_expect(&warden, "end\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void a_lock_that_is_no_plain_file_is_refused(void) {
    REQUIRE(mkdir(tree_path(STATE), 0700) == 0);
    REQUIRE(symlink("/nowhere", tree_path(STATE "/lock")) == 0);
    hold_is_refused("ELOOP");
    REQUIRE(unlink(tree_path(STATE "/lock")) == 0 && mkfifo(tree_path(STATE "/lock"), 0600) == 0);
    hold_is_refused("EMLINK");
    REQUIRE(unlink(tree_path(STATE "/lock")) == 0);
    tree_put(STATE "/lock", "");
    hold_is_refused("EMLINK");  // readable by all
}

static void what_cannot_be_journalled_is_not_changed(void) {
    REQUIRE(mkdir(tree_path(STATE), 0700) == 0);
    // an open name that not even root can replace
    REQUIRE(mkdir(tree_path(STATE "/numa_balancing.journal.new"), 0700) == 0);
    hold_is_refused("journal cannot be written");
    REQUIRE(tree_count(STATE, ".lease") == 0);
}

static void a_full_disk_is_refused(void) {
    const struct rlimit none = {0, RLIM_INFINITY};
    struct rlimit before;
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0 && setrlimit(RLIMIT_FSIZE, &none) == 0);
    struct warden warden = warden_ready();
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "refused numa_balancing *\nend\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
}

static void a_folder_that_was_removed_is_made_again(void) {
    struct warden warden = warden_ready();
    tree_remove_all(STATE);
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(tree_has(JOURNAL));
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void a_lock_that_was_replaced_is_taken_again(void) {
    struct warden one = warden_start("locked");
    struct warden two = warden_ready();
    greet(&one);
    warden_say(&one, "hold numa_balancing");
    warden_await_stop(&one);
    REQUIRE(unlink(tree_path(STATE "/lock")) == 0);
    warden_say(&two, "hold numa_balancing");
    warden_expect(&two, "held numa_balancing 1 0\nend\n");
    warden_kill(&one);
    REQUIRE(warden_end(&two) == 0);
    tree_expect(NUMA, "1");
}

static double seconds_since(struct timespec start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static struct warden warden_stopped_with_the_lock(void) {
    struct warden stopped = warden_start("locked");
    greet(&stopped);
    warden_say(&stopped, "hold numa_balancing");
    warden_await_stop(&stopped);
    return stopped;
}

static void a_stopped_warden_is_waited_for_but_not_for_ever(void) {
    char line[TEXT_SIZE];
    char owner[64];
    struct timespec start;
    struct warden holding = warden_ready();
    warden_say(&holding, "hold numa_balancing");
    warden_expect(&holding, "held numa_balancing 1 0\nend\n");
    struct warden stopped = warden_stopped_with_the_lock();
    struct warden waiting = warden_ready();
    clock_gettime(CLOCK_MONOTONIC, &start);
    warden_say(&waiting, "hold numa_balancing");
    REQUIRE(warden_line(&waiting, line));
    snprintf(owner, sizeof owner, "refused numa_balancing warden %d has had the lock", (int)stopped.process);
    if (strncmp(line, owner, strlen(owner)) != 0) FAIL("\"%s\" instead of \"%s\"", line, owner);
    REQUIRE(seconds_since(start) > 4 && seconds_since(start) < 60);
    warden_expect(&waiting, "end\n");
    REQUIRE(warden_end(&waiting) == 0);
    // a release waits until the stopped one goes on or dies
    close(holding.to);
    holding.to = -1;
    nanosleep(&(struct timespec){0, 50000000}, NULL);
    tree_expect(NUMA, "0");
    warden_kill(&stopped);
    REQUIRE(warden_await_end(&holding) == 0);
    tree_expect(NUMA, "1");
}

static void a_waiting_warden_ends_with_its_client(void) {
    struct timespec start;
    struct warden stopped = warden_stopped_with_the_lock();
    struct warden waiting = warden_ready();
    clock_gettime(CLOCK_MONOTONIC, &start);
    warden_say(&waiting, "hold numa_balancing");
    REQUIRE(warden_end(&waiting) == 0);
    REQUIRE(seconds_since(start) < 4);  // which is less than the patience with the stopped one
    warden_kill(&stopped);
}

// What the words advise, to kill a warden, would be wrong.
static void who_takes_turns_is_not_taken_for_stopped(void) {
    char line[TEXT_SIZE];
    struct warden waiting = warden_ready();
    int lock = open(tree_path(STATE "/lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(lock >= 0 && flock(lock, LOCK_EX) == 0);
    warden_say(&waiting, "hold numa_balancing");
    for (int turn = 0; turn < 60; turn++) {
        snprintf(line, sizeof line, "%-10d", 4711 + turn);
        REQUIRE(pwrite(lock, line, 10, 0) == 10);
        nanosleep(&(struct timespec){0, 90000000}, NULL);
    }
    REQUIRE(warden_line(&waiting, line));
    if (strstr(line, "take turns") == NULL) FAIL("\"%s\"", line);
    warden_expect(&waiting, "end\n");
    close(lock);
    REQUIRE(warden_end(&waiting) == 0);
}

// One of many, each with the lock for some milliseconds.
static void take_turns(void) {
    int lock = open(tree_path(STATE "/lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (getppid() != 1) {
        if (lock < 0 || flock(lock, LOCK_EX) != 0) _exit(1);
        nanosleep(&(struct timespec){0, 4000000}, NULL);
        (void)flock(lock, LOCK_UN);
        // as a warden, which answers its client before it asks again: at once, it would have it before any that wakes up
        nanosleep(&(struct timespec){0, 500000}, NULL);
    }
    _exit(0);
}

static void it_has_its_turn_among_many(void) {
    enum { OTHERS = 30, TURNS = 5 };
    pid_t others[OTHERS];
    struct timespec start;
    struct warden waiting = warden_ready();
    for (int i = 0; i < OTHERS; i++) {
        others[i] = fork();
        if (others[i] == 0) take_turns();
    }
    nanosleep(&(struct timespec){0, 100000000}, NULL);  // all are in line
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int turn = 0; turn < TURNS; turn++) {
        warden_say(&waiting, "hold numa_balancing");
        warden_expect(&waiting, "held numa_balancing 1 0\nend\n");
        warden_say(&waiting, "release numa_balancing");
        warden_expect(&waiting, "restored numa_balancing 1\nend\n");
    }
    double seconds = seconds_since(start);
    for (int i = 0; i < OTHERS; i++) {
        (void)kill(others[i], SIGKILL);
        REQUIRE(waitpid(others[i], NULL, 0) == others[i]);
    }
    if (seconds > 10) FAIL("%d turns took %.1f s", TURNS, seconds);
    REQUIRE(warden_end(&waiting) == 0);
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"modes_other_than_0700_are_refused", modes_other_than_0700_are_refused},
        {"a_link_or_a_file_is_refused", a_link_or_a_file_is_refused},
        {"another_users_folder_is_refused", another_users_folder_is_refused},
        {"a_lock_that_is_no_plain_file_is_refused", a_lock_that_is_no_plain_file_is_refused},
        {"what_cannot_be_journalled_is_not_changed", what_cannot_be_journalled_is_not_changed},
        {"a_full_disk_is_refused", a_full_disk_is_refused},
        {"a_folder_that_was_removed_is_made_again", a_folder_that_was_removed_is_made_again},
        {"a_lock_that_was_replaced_is_taken_again", a_lock_that_was_replaced_is_taken_again},
        {"a_stopped_warden_is_waited_for_but_not_for_ever", a_stopped_warden_is_waited_for_but_not_for_ever},
        {"a_waiting_warden_ends_with_its_client", a_waiting_warden_ends_with_its_client},
        {"who_takes_turns_is_not_taken_for_stopped", who_takes_turns_is_not_taken_for_stopped},
        {"it_has_its_turn_among_many", it_has_its_turn_among_many},
        {NULL, NULL},
    };
    return fixture_run(count, arguments, tests);
}
