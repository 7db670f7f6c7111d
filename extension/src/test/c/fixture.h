// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// A fake tree of kernel files, and wardens that are told to use it: no test touches a setting of the host.
#ifndef TAILGATE_FIXTURE_H
#define TAILGATE_FIXTURE_H

#include <stdbool.h>
#include <sys/types.h>

enum { TEXT_SIZE = 4096 };

// Stops the test program with the place and the words.
#define FAIL(...) fixture_fail(__FILE__, __LINE__, __VA_ARGS__)
#define REQUIRE(condition) \
    do { \
        if (!(condition)) FAIL("not true: %s", #condition); \
    } while (0)

void fixture_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4), noreturn));

// Runs each test in a tree of its own; arguments: the warden's path, then the names of the tests to run, default all.
struct test {
    const char *name;
    void (*run)(void);
};
int fixture_run(int count, char **arguments, const struct test *tests);

#define NUMA "/proc/sys/kernel/numa_balancing"
#define STATE "/run/tailgate"
#define JOURNAL STATE "/numa_balancing.journal"

// Paths are those inside of the tree.
const char *tree_path(const char *path);
void tree_put(const char *path, const char *text);
void tree_expect(const char *path, const char *text);
bool tree_has(const char *path);
int tree_count(const char *folder, const char *part_of_name);
void tree_remove_all(const char *path);

struct warden {
    pid_t process;
    int to;
    int from;
    char unread[TEXT_SIZE];
    size_t unread_length;
};

// Starts one that stops at the point, or nowhere where that is NULL; says nothing to it.
struct warden warden_start(const char *stop_at);

// Starts one at the end of a socket, as systemd does; says nothing to it.
struct warden warden_on_socket(void);

// Starts one and greets it.
struct warden warden_ready(void);

void warden_say(struct warden *warden, const char *line);
void warden_send(struct warden *warden, const void *bytes, size_t length);

// Reads lines until `end`, or a first line that is none of a list; all of them must be as given, each ended by \n. A
// line "refused numa_balancing *" stands for any with that beginning.
void warden_expect(struct warden *warden, const char *lines);

// The next line, without its end; false at the end of the output.
bool warden_line(struct warden *warden, char line[TEXT_SIZE]);

void warden_await_stop(const struct warden *warden);
void warden_continue(const struct warden *warden);
void warden_kill(struct warden *warden);

// Closes its input and waits for its end: its exit status.
int warden_end(struct warden *warden);

// Waits for its end: its exit status.
int warden_await_end(struct warden *warden);

// Runs a command of the warden: its exit status; output gets what it printed.
int warden_command(const char *command, char output[TEXT_SIZE]);

// Starts a command of the warden, which prints to the descriptor.
pid_t warden_command_start(const char *command, int output);

// Holds numa_balancing and is killed, so that the value is 0 and the journal says 1.
void leave_a_journal(void);

#endif
