// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATHS = 8, LONGEST_TEST_S = 120, LONGEST_ANSWER_MS = 60000 };

static const char *program;
static const char *running = "none";
static char root[256];

static void remove_all(const char *path);

void fixture_fail(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: test %s: ", file, line, running);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    // it may be in memory
    if (root[0] != '\0') remove_all(root);
    exit(1);
}

static void remove_all(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) return;
    if (S_ISDIR(status.st_mode)) {
        DIR *folder = opendir(path);
        for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
            char below[TEXT_SIZE];
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
            snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
            remove_all(below);
        }
        if (folder != NULL) closedir(folder);
        (void)rmdir(path);
    } else {
        (void)unlink(path);
    }
}

static void make_tree(void) {
    // in memory like /run of a usual host, where there is such a folder: hundreds of fsync on a disk take seconds
    const char *temporary = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(root, sizeof root, "%s/tailgate-warden-XXXXXX", temporary);
    if (mkdtemp(root) == NULL) FAIL("mkdtemp: %s", strerror(errno));
    tree_put("/run/.keep", "");
    tree_put(NUMA, "1\n");
}

static void remove_tree(void) { remove_all(root); }

int fixture_run(int count, char **arguments, const struct test *tests) {
    if (count < 2) FAIL("usage: %s <warden> [<test>...]", arguments[0]);
    program = arguments[1];
    setenv("TAILGATE_ROOT", "", 1);
    (void)signal(SIGPIPE, SIG_IGN);
    for (const struct test *test = tests; test->name != NULL; test++) {
        bool chosen = count == 2;
        for (int i = 2; i < count; i++) chosen = chosen || strcmp(arguments[i], test->name) == 0;
        if (!chosen) continue;
        running = test->name;
        fprintf(stderr, "%s\n", running);
        alarm(LONGEST_TEST_S);
        make_tree();
        setenv("TAILGATE_ROOT", root, 1);
        test->run();
        remove_tree();
    }
    return 0;
}

const char *tree_path(const char *path) {
    static char paths[PATHS][TEXT_SIZE];
    static int next;
    char *full = paths[next++ % PATHS];
    snprintf(full, TEXT_SIZE, "%s%s", root, path);
    return full;
}

void tree_put(const char *path, const char *text) {
    char full[TEXT_SIZE];
    snprintf(full, sizeof full, "%s", tree_path(path));
    for (char *slash = strchr(full + strlen(root) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(full, 0755) != 0 && errno != EEXIST) FAIL("mkdir %s: %s", full, strerror(errno));
        *slash = '/';
    }
    int file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) FAIL("open %s: %s", full, strerror(errno));
    if (write(file, text, strlen(text)) != (ssize_t)strlen(text)) FAIL("write %s: %s", full, strerror(errno));
    close(file);
}

void tree_expect(const char *path, const char *text) {
    char found[TEXT_SIZE];
    int file = open(tree_path(path), O_RDONLY | O_CLOEXEC);
    if (file < 0) FAIL("open %s: %s", path, strerror(errno));
    ssize_t length = read(file, found, sizeof found - 1);
    close(file);
    if (length < 0) FAIL("read %s: %s", path, strerror(errno));
    found[length] = '\0';
    // a fake file is padded with empty lines where a shorter value was written over a longer one
    while (length > 0 && found[length - 1] == '\n') found[--length] = '\0';
    if (strcmp(found, text) != 0) FAIL("%s is \"%s\" and not \"%s\"", path, found, text);
}

bool tree_has(const char *path) {
    struct stat status;
    return lstat(tree_path(path), &status) == 0;
}

int tree_count(const char *path, const char *part_of_name) {
    int count = 0;
    DIR *folder = opendir(tree_path(path));
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (strstr(entry->d_name, part_of_name) != NULL) count++;
    }
    if (folder != NULL) closedir(folder);
    return count;
}

void tree_remove_all(const char *path) { remove_all(tree_path(path)); }

static pid_t start(int input, int output, const char *argument, const char *stop_at) {
    pid_t process = fork();
    if (process != 0) return process;
    // a test that fails leaves no warden behind, not even a stopped one
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(output, STDOUT_FILENO);
    if (stop_at == NULL) unsetenv("TAILGATE_STOP_AT");
    else setenv("TAILGATE_STOP_AT", stop_at, 1);
    execl(program, program, argument, (char *)NULL);
    _exit(127);
}

struct warden warden_start(const char *stop_at) {
    int input[2];
    int output[2];
    struct warden warden = {.unread_length = 0};
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) FAIL("pipe: %s", strerror(errno));
    warden.process = start(input[0], output[1], NULL, stop_at);
    if (warden.process < 0) FAIL("fork: %s", strerror(errno));
    close(input[0]);
    close(output[1]);
    warden.to = input[1];
    warden.from = output[0];
    return warden;
}

struct warden warden_on_socket(void) {
    int ends[2];
    struct warden warden = {.unread_length = 0};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) FAIL("socketpair: %s", strerror(errno));
    warden.process = start(ends[1], ends[1], NULL, NULL);
    if (warden.process < 0) FAIL("fork: %s", strerror(errno));
    close(ends[1]);
    warden.to = ends[0];
    warden.from = fcntl(ends[0], F_DUPFD_CLOEXEC, 0);
    return warden;
}

struct warden warden_ready(void) {
    char line[TEXT_SIZE];
    struct warden warden = warden_start(NULL);
    snprintf(line, sizeof line, "tailgate 1 %d", (int)getpid());
    warden_say(&warden, line);
    snprintf(line, sizeof line, "ready 1 %d\n", (int)warden.process);
    warden_expect(&warden, line);
    return warden;
}

void warden_send(struct warden *warden, const void *bytes, size_t length) {
    ssize_t written = write(warden->to, bytes, length);
    if (written != (ssize_t)length) FAIL("the warden takes no input: %s", strerror(errno));
}

void warden_say(struct warden *warden, const char *line) {
    char text[TEXT_SIZE];
    int length = snprintf(text, sizeof text, "%s\n", line);
    warden_send(warden, text, (size_t)length);
}

bool warden_line(struct warden *warden, char line[TEXT_SIZE]) {
    for (;;) {
        char *end = memchr(warden->unread, '\n', warden->unread_length);
        if (end != NULL) {
            size_t length = (size_t)(end - warden->unread);
            memcpy(line, warden->unread, length);
            line[length] = '\0';
            warden->unread_length -= length + 1;
            memmove(warden->unread, end + 1, warden->unread_length);
            return true;
        }
        struct pollfd output = {.fd = warden->from, .events = POLLIN};
        if (poll(&output, 1, LONGEST_ANSWER_MS) != 1) FAIL("no answer within %d ms", LONGEST_ANSWER_MS);
        ssize_t length = read(warden->from, warden->unread + warden->unread_length,
                              sizeof warden->unread - warden->unread_length);
        if (length <= 0) return false;
        warden->unread_length += (size_t)length;
    }
}

void warden_expect(struct warden *warden, const char *lines) {
    char line[TEXT_SIZE];
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        if (!warden_line(warden, line)) FAIL("the warden ended instead of \"%.*s\"", (int)length, lines);
        bool beginning = length > 0 && lines[length - 1] == '*';
        bool same = beginning ? strncmp(line, lines, length - 1) == 0
                              : strlen(line) == length && strncmp(line, lines, length) == 0;
        if (!same) FAIL("\"%s\" instead of \"%.*s\"", line, (int)length, lines);
        lines += length + 1;
    }
}

void warden_await_stop(const struct warden *warden) {
    int status = 0;
    if (waitpid(warden->process, &status, WUNTRACED) != warden->process || !WIFSTOPPED(status)) {
        FAIL("the warden did not stop: status %d", status);
    }
}

void warden_continue(const struct warden *warden) { (void)kill(warden->process, SIGCONT); }

int warden_await_end(struct warden *warden) {
    int status = 0;
    if (waitpid(warden->process, &status, 0) != warden->process) FAIL("waitpid: %s", strerror(errno));
    if (warden->to >= 0) close(warden->to);
    close(warden->from);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int warden_end(struct warden *warden) {
    close(warden->to);
    warden->to = -1;
    return warden_await_end(warden);
}

void warden_kill(struct warden *warden) {
    (void)kill(warden->process, SIGKILL);
    (void)warden_await_end(warden);
}

pid_t warden_command_start(const char *command, int output) {
    pid_t process = start(STDIN_FILENO, output, command, NULL);
    if (process < 0) FAIL("fork: %s", strerror(errno));
    return process;
}

int warden_command(const char *command, char output[TEXT_SIZE]) {
    int ends[2];
    int status = 0;
    size_t length = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) FAIL("pipe: %s", strerror(errno));
    pid_t process = warden_command_start(command, ends[1]);
    close(ends[1]);
    for (ssize_t more; (more = read(ends[0], output + length, TEXT_SIZE - 1 - length)) > 0;) length += (size_t)more;
    output[length] = '\0';
    close(ends[0]);
    if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) FAIL("%s did not end: %d", command, status);
    return WEXITSTATUS(status);
}

void leave_a_journal(void) {
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    warden_kill(&warden);
    tree_expect(NUMA, "0");
    REQUIRE(tree_has(JOURNAL));
}
