// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "administrator.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "journal.h"
#include "lease.h"
#include "outcome.h"
#include "restore.h"
#include "state_directory.h"
#include "surroundings.h"
#include "text.h"

static const char nothing[] = "nothing is held, and nothing is left to restore\n";

// A warden that was just killed has its leases until the kernel is done with it: some milliseconds, seldom more.
enum { LOOKS = 25, PAUSE_MS = 20 };

static bool all_clean;

// Printed when the lock has been released: whoever reads it slowly, or not at all, stops nobody.
static FILE *answer;

static void tell(const char *id, const struct outcome *outcome) {
    char line[LINE_SIZE];
    outcome_line(id, outcome, line);
    // what was restored can have words, too: a journal that cannot be removed
    const char *words = outcome->kind == RESTORED || outcome->kind == FOREIGN ? outcome->words : "";
    fprintf(answer, "%s%s%s\n", line, words[0] == '\0' ? "" : ": ", words);
    if (outcome->kind == REFUSED || words[0] != '\0') all_clean = false;
}

static void tell_users(const struct state_directory *directory, const struct survey *survey) {
    for (size_t i = 0; i < survey->lease_count; i++) {
        const struct lease *lease = &survey->leases[i];
        struct setting_file file;
        struct outcome now = {.kind = HELD};
        char who[WORDS_SIZE];
        if (!setting_file_of_id(lease->id, &file)) continue;
        outcome_read_now(&now, &file);
        survey_user_words(directory, lease->id, lease->warden, who);
        fprintf(answer, "held %s at %s by %s\n", lease->id, now.now, who);
    }
}

static void tell_journals(const struct state_directory *directory, const struct survey *survey) {
    for (size_t i = 0; i < survey->journal_count; i++) {
        const char *id = survey->journals[i].id;
        struct setting_file file;
        struct journal journal;
        char words[WORDS_SIZE];
        if (!setting_file_of_id(id, &file)) continue;
        bool used = survey_is_used(survey, id);
        if (journal_load(directory, &file, &journal, words) == JOURNAL_VALID) {
            fprintf(answer, "journal %s was %s, set to %s: %s\n", id, journal.before, journal.ours,
                    used ? "restored when nobody holds it any more"
                         : "nobody holds it, to restore it: tailgate-warden restore, or java -jar tailgate-junit.jar "
                           "restore");
        } else {
            fprintf(answer, "journal %s %s\n", id, words);
        }
    }
}

// 1 for an open and locked directory, 0 where there is none, -1 with words said. Who only looks need not have the lock:
// when it cannot be had, somebody wants to know why.
static int open_locked(struct state_directory *directory, bool only_look) {
    char words[WORDS_SIZE];
    if (!surroundings_allow(words)) {
        fprintf(stderr, "tailgate-warden: %s\n", words);
        return -1;
    }
    int error = state_directory_open(directory, false, words);
    if (error == -ENOENT) return 0;
    bool opened = error == 0;
    if (opened) error = state_directory_lock(directory, NULL, words);
    if (error == 0) return 1;
    fprintf(stderr, "tailgate-warden: %s\n", words);
    if (opened && only_look) return 1;
    state_directory_close(directory);
    return -1;
}

// Takes the survey; to restore, looks again for a while where something is held, without the lock meanwhile.
static int look(struct state_directory *directory, bool restore, struct survey *survey, char words[WORDS_SIZE]) {
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    int looks_left = restore ? LOOKS : 0;
    int error;
    while ((error = survey_take(directory, restore, survey)) == 0 && survey->lease_count > 0 && looks_left-- > 0) {
        survey_free(survey);
        state_directory_unlock(directory);
        nanosleep(&pause, NULL);
        error = state_directory_lock(directory, NULL, words);
        if (error != 0) return error;
    }
    if (error != 0) text_words(words, "cannot look through %s: %s", directory->path, strerror(-error));
    return error;
}

static void do_all(const struct state_directory *directory, const struct survey *survey, bool restore) {
    all_clean = true;
    if (survey->lease_count + survey->journal_count == 0) fputs(nothing, answer);
    tell_users(directory, survey);
    if (restore) restore_unused(directory, survey, PATIENCE, tell);
    else tell_journals(directory, survey);
}

// Closes the answer and prints it; false where it did not reach everybody.
static bool print(char **text) {
    bool complete = fclose(answer) == 0;  // without memory for it, say
    bool printed = fputs(*text, stdout) >= 0 && fflush(stdout) == 0;
    free(*text);
    return complete && printed;
}

static int run(bool restore) {
    struct state_directory directory;
    struct survey survey;
    char *text = NULL;
    size_t length = 0;
    char words[WORDS_SIZE] = "no memory for the answer";
    int opened = open_locked(&directory, !restore);
    if (opened == 0) fputs(nothing, stdout);
    if (opened <= 0) return opened == 0 ? 0 : 1;
    answer = open_memstream(&text, &length);
    int error = answer == NULL ? -errno : look(&directory, restore, &survey, words);
    if (error == 0) {
        do_all(&directory, &survey, restore);
        survey_free(&survey);
    } else {
        fprintf(stderr, "tailgate-warden: %s\n", words);
    }
    state_directory_close(&directory);
    bool told = answer != NULL && print(&text);
    // an answer that nobody got is none
    return error == 0 && told && all_clean ? 0 : 1;
}

int administrator_restore(void) { return run(true); }

int administrator_status(void) { return run(false); }
