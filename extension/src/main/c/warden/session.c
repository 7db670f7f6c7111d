// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "session.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault_point.h"
#include "requests.h"
#include "surroundings.h"
#include "text.h"

enum { ALL_WELL = 0, CLIENT_REFUSED = 2, SOMETHING_LEFT = 3 };
enum { FIRST_LINE_MS = 30000, MOST_WORDS = 4 };

static void say(struct holder *holder, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct holder *holder, const char *format, ...) {
    char line[LINE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0) holder_write(holder, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

// Splits at single blanks; the number of words, or 0 where there are more than MOST_WORDS or an empty one.
static int split(char *line, char *words[MOST_WORDS]) {
    int count = 0;
    for (char *word = line; word != NULL;) {
        char *blank = strchr(word, ' ');
        if (blank != NULL) *blank = '\0';
        if (count == MOST_WORDS || *word == '\0') return 0;
        words[count++] = word;
        word = blank == NULL ? NULL : blank + 1;
    }
    return count;
}

// Understands "tailgate 1 <pid>"; false with words.
static bool understand_first(char *line, pid_t *process, char refusal[WORDS_SIZE]) {
    char *words[MOST_WORDS];
    long number = 0;
    int count = split(line, words);
    if (count < 2 || strcmp(words[0], "tailgate") != 0) {
        text_words(refusal, "the first line is not \"tailgate 1 <process id>\"");
        return false;
    }
    if (strcmp(words[1], "1") != 0) {
        text_words(refusal, "this warden speaks version 1 of the protocol, the client another: install the warden of "
                   "the client's Tailgate");
        return false;
    }
    if (count != 3 || !text_number(words[2], INT_MAX, &number) || number == 0) {
        text_words(refusal, "the first line has no process id");
        return false;
    }
    *process = (pid_t)number;
    return true;
}

static bool greet(struct line_reader *reader, struct holder *holder, char refusal[WORDS_SIZE]) {
    char line[LINE_SIZE];
    char name[WORDS_SIZE];
    pid_t process = 0;
    switch (line_read(reader, holder, line, FIRST_LINE_MS)) {
        case LINE_READ: break;
        case LINE_LATE: text_words(refusal, "no first line within %d s", FIRST_LINE_MS / 1000); return false;
        case LINE_END: text_words(refusal, "the client is gone"); return false;
        case LINE_TOO_LONG:
        case LINE_NOT_ASCII: line[0] = '\0'; break;
    }
    // in a container the client's process id would mean another process, or none
    if (!understand_first(line, &process, refusal) || !surroundings_allow(refusal)) return false;
    int error = holder_watch(holder, process);
    if (error == 0) return true;
    text_error(name, -error);
    text_words(refusal, "cannot watch process %d: %s", (int)process, name);
    return false;
}

// Where the setting takes CPUs, words[2] has them; false with words.
static bool understand_cpus(const struct setting *setting, const char *list, struct cpu_list *cpus,
                            char problem[WORDS_SIZE]) {
    *cpus = (struct cpu_list){0};
    if (!setting_takes_cpus(setting)) {
        text_words(problem, "%s takes no CPU list", setting->name);
        return list == NULL;
    }
    if (list != NULL && cpu_list_parse(list, cpus)) return true;
    text_words(problem, "%s needs a CPU list such as 0-3,8", setting->name);
    return false;
}

static bool answer(struct holdings *holdings, char *line, struct reply *reply, bool *held, char problem[WORDS_SIZE]) {
    char *words[MOST_WORDS] = {NULL};
    struct cpu_list cpus;
    int count = split(line, words);
    text_words(problem, "not understood: expected hold <setting> [<CPUs>], check <setting> or release <setting>");
    if (count < 2 || count > 3) return false;
    const struct setting *setting = setting_named(words[1]);
    bool is_hold = strcmp(words[0], "hold") == 0;
    if (!is_hold && (count != 2 || (strcmp(words[0], "check") != 0 && strcmp(words[0], "release") != 0))) return false;
    if (setting == NULL) {
        text_words(problem, "no setting of that name");
        return false;
    }
    if (!is_hold) {
        return words[0][0] == 'c' ? request_check(holdings, setting, reply, problem)
                                  : request_release(holdings, setting, reply, problem);
    }
    if (!understand_cpus(setting, words[2], &cpus, problem)) return false;
    *held = request_hold(holdings, setting, &cpus, reply, problem);
    return *held;
}

static void serve_line(struct holdings *holdings, char *line) {
    struct reply reply = {NULL, 0, 0};
    char problem[WORDS_SIZE];
    bool held = false;
    if (answer(holdings, line, &reply, &held, problem)) {
        reply_send(&reply, holdings->holder);
        if (held) fault_point("held");
    } else {
        say(holdings->holder, "error %s\n", problem);
    }
}

static void serve_lines(struct line_reader *reader, struct holdings *holdings) {
    char line[LINE_SIZE];
    for (;;) {
        switch (line_read(reader, holdings->holder, line, -1)) {
            case LINE_READ: serve_line(holdings, line); break;
            case LINE_TOO_LONG: say(holdings->holder, "error a line has at most 512 bytes\n"); break;
            case LINE_NOT_ASCII: say(holdings->holder, "error a line has printable ASCII letters only\n"); break;
            case LINE_LATE:
            case LINE_END: return;
        }
    }
}

int session_serve(void) {
    static struct line_reader reader;  // zero at the start
    struct state_directory directory = {.folder = -1, .lock = -1};
    struct holder holder;
    char refusal[WORDS_SIZE];
    surroundings_leave();
    fault_point("started");
    holder_open(&holder);
    if (!greet(&reader, &holder, refusal) || state_directory_open(&directory, true, refusal) != 0) {
        say(&holder, "refused %s\n", refusal);
        return CLIENT_REFUSED;
    }
    struct holdings holdings = {.directory = &directory, .holder = &holder};
    say(&holder, "ready 1 %d\n", (int)getpid());
    serve_lines(&reader, &holdings);
    request_release_all(&holdings);
    state_directory_close(&directory);
    return holdings.left_something ? SOMETHING_LEFT : ALL_WELL;
}
