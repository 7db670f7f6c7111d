// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "requests.h"

#include <errno.h>
#include <string.h>

#include "fault_point.h"
#include "restore.h"
#include "surroundings.h"
#include "text.h"

static void add_outcome(struct reply *reply, const char *id, const struct outcome *outcome) {
    char line[LINE_SIZE];
    outcome_line(id, outcome, line);
    reply_add(reply, "%s", line);
}

static void note_outcome(const char *id, const struct outcome *outcome) {
    char line[LINE_SIZE];
    outcome_line(id, outcome, line);
    surroundings_note("after a warden that died: %s", line);
}

// Under the lock: recovers what dead wardens left, then takes file after file.
static int hold_locked(struct holdings *holdings, struct holding *holding, const struct cpu_list *cpus,
                       struct reply *reply) {
    struct survey survey;
    int error = survey_take(holdings->directory, true, &survey);
    if (error != 0) return error;
    restore_unused(holdings->directory, &survey, NO_PATIENCE, note_outcome);
    fault_point("recovered");
    for (size_t i = 0; i < holding->count; i++) {
        struct outcome outcome;
        hold_file(holdings->directory, &survey, holdings->holder->name, cpus, &holding->files[i], &outcome);
        add_outcome(reply, holding->files[i].file.id, &outcome);
    }
    survey_free(&survey);
    return 0;
}

static void refuse_all(struct holding *holding, struct reply *reply, const char *words) {
    for (size_t i = 0; i < holding->count; i++) {
        struct held_file *file = &holding->files[i];
        text_words(file->words, "%s", words);
        reply_add(reply, "refused %s %s", file->file.id, words);
    }
}

static void end(const struct holding *holding, struct reply *reply) {
    if (holding->count == 0) reply_add(reply, "absent %s no such file on this machine", holding->setting->name);
    reply_add(reply, "end");
}

// A folder that was removed while nothing was held is made again; otherwise the leases in it would be nobody's.
static int lock(struct holdings *holdings, char words[WORDS_SIZE]) {
    struct state_directory *directory = holdings->directory;
    if (state_directory_is_gone(directory)) {
        for (size_t i = 0; i < holdings->count; i++) {
            if (!holding_has_anything(&holdings->held[i])) continue;
            text_words(words, "%s was removed or replaced while this warden was using it", directory->path);
            return -ESTALE;
        }
        state_directory_close(directory);
        int error = state_directory_open(directory, true, words);
        if (error != 0) return error;
    }
    return state_directory_lock(directory, holdings->holder, words);
}

bool request_hold(struct holdings *holdings, const struct setting *setting, const struct cpu_list *cpus,
                  struct reply *reply, char words[WORDS_SIZE]) {
    char name[WORDS_SIZE];
    struct holding *holding = holdings_find(holdings, setting);
    if (holding != NULL && holding_has_anything(holding)) {
        text_words(words, "%s is held already: a client holds a setting once", setting->name);
        return false;
    }
    if (holding != NULL) holdings_forget(holdings, holding);
    holding = holdings_add(holdings, setting, cpus, words);
    if (holding == NULL) return false;
    if (!reply_start(reply, holding->count + 2)) {
        holdings_forget(holdings, holding);
        text_words(words, "no memory for the reply");
        return false;
    }
    int error = lock(holdings, words);
    if (error != 0) {
        refuse_all(holding, reply, words);
    } else if ((error = hold_locked(holdings, holding, cpus, reply)) != 0) {
        text_error(name, -error);
        text_words(words, "cannot look through %s: %s", holdings->directory->path, name);
        refuse_all(holding, reply, words);
    }
    state_directory_unlock(holdings->directory);
    end(holding, reply);
    return true;
}

static struct holding *find_held(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                                 char words[WORDS_SIZE]) {
    struct holding *holding = holdings_find(holdings, setting);
    if (holding == NULL) {
        text_words(words, "%s is not held", setting->name);
    } else if (!reply_start(reply, holding->count + 2)) {
        text_words(words, "no memory for the reply");
        holding = NULL;
    }
    return holding;
}

bool request_check(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                   char words[WORDS_SIZE]) {
    struct holding *holding = find_held(holdings, setting, reply, words);
    if (holding == NULL) return false;
    for (size_t i = 0; i < holding->count; i++) {
        struct outcome outcome;
        hold_check(&holding->files[i], &outcome);
        add_outcome(reply, holding->files[i].file.id, &outcome);
    }
    end(holding, reply);
    return true;
}

static void note_what_is_left(struct holdings *holdings, const char *id, const struct outcome *outcome) {
    char line[LINE_SIZE];
    // a journal that cannot be removed, of a file that was given back, has words, too
    bool removed = outcome->words[0] == '\0' || outcome->kind == ABSENT;
    if (outcome->kind != REFUSED && removed) return;
    holdings->left_something = true;
    outcome_line(id, outcome, line);
    surroundings_note("left behind: %s %s", line, outcome->kind == REFUSED ? "" : outcome->words);
}

static void release_file(const struct holdings *holdings, const struct survey *survey, int error,
                         struct held_file *file, int *pauses_left, struct outcome *outcome) {
    if (error == 0 || file->kind != HELD) {
        hold_release(holdings->directory, survey, file, pauses_left, outcome);
        return;
    }
    *outcome = (struct outcome){.kind = REFUSED};
    text_words(outcome->words, "cannot tell who else uses it; left to the next warden, or tailgate-warden restore");
    lease_drop(holdings->directory, file->file.id, file->lease);
}

// Waits for the lock as long as it takes: nothing else would give the setting back. Where there is none to be had, say
// because the folder was removed with the journal in it, this warden still knows what it changed.
static void release_files(struct holdings *holdings, struct holding *holding, struct reply *reply) {
    struct survey survey = {NULL, 0, NULL, 0};
    int error = 0;
    int pauses_left = PATIENCE;
    bool changed = holding_has(holding, HELD);
    // whoever changed nothing has nothing to wait for
    if (changed && state_directory_lock_at_last(holdings->directory) == 0) fault_point("release_locked");
    if (changed) error = survey_take(holdings->directory, true, &survey);
    for (size_t i = holding->count; i-- > 0;) {
        struct held_file *file = &holding->files[i];
        struct outcome outcome;
        bool was_held = file->kind == HELD;
        release_file(holdings, &survey, error, file, &pauses_left, &outcome);
        if (was_held) note_what_is_left(holdings, file->file.id, &outcome);
        if (reply != NULL) add_outcome(reply, file->file.id, &outcome);
    }
    survey_free(&survey);
    state_directory_unlock(holdings->directory);
}

bool request_release(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                     char words[WORDS_SIZE]) {
    struct holding *holding = find_held(holdings, setting, reply, words);
    if (holding == NULL) return false;
    release_files(holdings, holding, reply);
    end(holding, reply);
    holdings_forget(holdings, holding);
    return true;
}

void request_release_all(struct holdings *holdings) {
    while (holdings->count > 0) {
        struct holding *last = &holdings->held[holdings->count - 1];
        release_files(holdings, last, NULL);
        holdings_forget(holdings, last);
    }
}
