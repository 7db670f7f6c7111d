// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "surroundings.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "system_paths.h"
#include "text.h"

// include/linux/proc_ns.h: the only namespaces whose numbers are the same on every machine and after every boot
static const char initial_pid_namespace[] = "pid:[4026531836]";
static const char initial_user_namespace[] = "user:[4026531837]";

static bool is_in(const char *link, const char *initial) {
    char found[64];
    ssize_t length = readlink(link, found, sizeof found - 1);
    if (length < 0) return false;
    found[length] = '\0';
    return strcmp(found, initial) == 0;
}

bool surroundings_allow(char words[WORDS_SIZE]) {
    if (system_is_fake()) return true;
    if (!is_in("/proc/self/ns/user", initial_user_namespace)) {
        text_words(words, "not in the host's user namespace: a container must not change settings of its host");
        return false;
    }
    if (!is_in("/proc/self/ns/pid", initial_pid_namespace)) {
        text_words(words, "not in the host's process namespace: a container must not change settings of its host");
        return false;
    }
    if (!state_is_private() && geteuid() != 0) {
        text_words(words, "runs as user %u: only root may change the settings", (unsigned)geteuid());
        return false;
    }
    return true;
}

static bool is_fault(int number) {
    switch (number) {
        case SIGSEGV:
        case SIGBUS:
        case SIGFPE:
        case SIGILL:
        case SIGABRT:
        case SIGTRAP:
        case SIGSYS: return true;
        default: return false;
    }
}

// A group's SIGINT or a session's SIGHUP is for the client; the warden ends when the client has.
static void ignore_signals(void) {
    for (int number = 1; number <= SIGRTMAX; number++) {
        // refused for SIGKILL, SIGSTOP and those of the C library, which is as well
        if (!is_fault(number) && number != SIGCHLD) (void)signal(number, SIG_IGN);
    }
}

// Descriptors that the client leaked to us may be its locks, or the other ends of our own pipes.
static void close_inherited(void) {
    enum { FIRST = STDERR_FILENO + 1, MOST = 65536 };
    int opened;
    do {
        // where a standard stream is closed, a state file must not become it
        opened = open("/dev/null", O_RDWR | O_CLOEXEC);
    } while (opened >= 0 && opened < FIRST);
#ifdef SYS_close_range
    if (syscall(SYS_close_range, FIRST, ~0U, 0) == 0) return;
#endif
    for (int descriptor = FIRST; descriptor < MOST; descriptor++) close(descriptor);
}

// What the client may have set for itself, and sudo hands on, must not slow or end the warden. Each is a favour that an
// ordinary user is refused in part: the warden holds without it.
static void shed_limits(void) {
    static const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    const struct sched_param usual = {.sched_priority = 0};
    struct rlimit files;
    cpu_set_t all;
    (void)setrlimit(RLIMIT_CPU, &none);
    (void)setrlimit(RLIMIT_AS, &none);
    (void)setrlimit(RLIMIT_DATA, &none);
    (void)setrlimit(RLIMIT_STACK, &none);  // it may grow on, from now
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;  // one lease for each interrupt
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
    // started by a thread that is pinned, it would wait for the CPU that is measured
    memset(&all, 0xff, sizeof all);
    (void)sched_setaffinity(0, sizeof all, &all);
    (void)sched_setscheduler(0, SCHED_OTHER, &usual);
}

static void ask_to_be_spared(void) {
    enum { HIGHEST_PRIORITY = -20 };
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        ssize_t written = write(score, "-1000\n", 6);  // refused without CAP_SYS_RESOURCE
        (void)written;
        close(score);
    }
    // an ordinary user's limit of locked memory would make later allocations fail
    if (geteuid() == 0) (void)mlockall(MCL_CURRENT | MCL_FUTURE);
    // it sleeps until its client is dead; from then on every moment is one in which the value is not restored
    (void)setpriority(PRIO_PROCESS, 0, HIGHEST_PRIORITY);
}

void surroundings_leave(void) {
    ignore_signals();
    (void)prctl(PR_SET_NAME, "tailgate-warden");  // started from memory it is called like a descriptor
    (void)setsid();  // fails where it leads its group already
    (void)umask(077);
    shed_limits();  // first: without a descriptor to be had a closed standard stream would stay closed
    close_inherited();
    if (chdir("/") != 0) surroundings_note("cannot leave its folder");
    ask_to_be_spared();
}

void surroundings_note(const char *format, ...) {
    char words[LINE_SIZE];
    char line[LINE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    struct pollfd error = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (length < 0 || poll(&error, 1, 0) != 1 || (error.revents & POLLOUT) == 0) return;
    length = snprintf(line, sizeof line, "tailgate-warden: %.480s\n", words);
    // what cannot be said is not worth stopping for
    if (length > 0 && write(STDERR_FILENO, line, (size_t)length) < 0) return;
}
