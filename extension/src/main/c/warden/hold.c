// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "hold.h"

#include <errno.h>
#include <string.h>

#include "fault_point.h"
#include "setting_value.h"
#include "text.h"

// Another program that changes the value as often as this between our look and our write is not to be outrun.
enum { ATTEMPTS = 3 };

enum change { CHANGED, CHANGED_BEFORE_US, NOT_CHANGED };

static enum change refuse(struct outcome *outcome, const struct setting_file *file, const char *verb, int error) {
    outcome->kind = REFUSED;
    setting_value_words(file, verb, -error, outcome->words);
    return NOT_CHANGED;
}

static enum change refuse_journal(struct outcome *outcome, int error) {
    char name[WORDS_SIZE];
    text_error(name, -error);
    outcome->kind = REFUSED;
    text_words(outcome->words, "its journal cannot be written or removed, so that it is not changed: %s", name);
    return NOT_CHANGED;
}

// Writes what is wanted, with the journal in place.
static enum change write_wanted(const struct held_file *held, struct outcome *outcome) {
    const struct setting_file *file = &held->file;
    int error = setting_value_read(file, outcome->now);
    if (error != 0) return refuse(outcome, file, "read", error);
    if (strcmp(outcome->now, held->values.before) != 0) return CHANGED_BEFORE_US;
    error = setting_value_write(file, held->values.ours);
    fault_point("setting_written");
    outcome_read_now(outcome, file);
    if (outcome->now[0] == '\0' && error == 0) {
        // it is changed, as far as anybody knows: it is to be given back, and checking it tells what it is
        (void)text_format(outcome->now, sizeof outcome->now, "?");
        return CHANGED;
    }
    // an error is not believed where the value says otherwise: it would never be restored
    if (error != 0 && strcmp(outcome->now, held->values.ours) != 0) return refuse(outcome, file, "write", error);
    if (strcmp(outcome->now, held->values.ours) != 0) {
        outcome->kind = REFUSED;
        text_words(outcome->words, "it is %s just after this warden wrote %s: somebody else changes it; left alone",
                   outcome->now, held->values.ours);
        return NOT_CHANGED;
    }
    fault_point("setting_read_back");
    return CHANGED;
}

static enum change change_file(const struct state_directory *directory, struct held_file *held,
                               struct outcome *outcome) {
    // Only the kernel knows who may write: ask it with the value that is there, which changes nothing.
    int error = setting_value_write(&held->file, held->values.before);
    if (error != 0) return refuse(outcome, &held->file, "write", error);
    error = journal_store(directory, &held->file, &held->values);
    if (error != 0) return refuse_journal(outcome, error);
    enum change change = write_wanted(held, outcome);
    if (change == CHANGED) return CHANGED;
    error = journal_remove(directory, &held->file);
    return error == 0 ? change : refuse_journal(outcome, error);
}

// Takes the lease first: from the moment of the change there is somebody who uses it.
static void change_with_lease(const struct state_directory *directory, const char *client, struct held_file *held,
                              struct outcome *outcome, enum change *change) {
    char name[WORDS_SIZE];
    *change = NOT_CHANGED;
    held->lease = lease_take(directory, held->file.id, client);
    if (held->lease < 0) {
        text_error(name, -held->lease);
        held->lease = -1;
        outcome->kind = REFUSED;
        text_words(outcome->words, "cannot take a lease in %s: %s", directory->path, name);
        return;
    }
    *change = change_file(directory, held, outcome);
    if (*change == CHANGED) {
        outcome->kind = HELD;
    } else {
        lease_drop(directory, held->file.id, held->lease);
        held->lease = -1;
    }
}

// The file has no journal: it is as somebody outside wants it.
static void take(const struct state_directory *directory, const char *client, const struct cpu_list *cpus,
                 struct held_file *held, struct outcome *outcome) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        enum change change = NOT_CHANGED;
        int error = setting_value_read(&held->file, held->values.before);
        if (error == -ENOENT) {
            outcome->kind = ABSENT;
            setting_value_words(&held->file, "find", -error, outcome->words);
            return;
        }
        if (error != 0) {
            (void)refuse(outcome, &held->file, "read", error);
            return;
        }
        error = setting_value_wanted(&held->file, cpus, held->values.before, held->values.ours);
        if (error != 0) {
            (void)refuse(outcome, &held->file, "change", error);
            return;
        }
        memcpy(outcome->now, held->values.before, sizeof outcome->now);
        outcome->kind = KEPT;
        if (strcmp(held->values.before, held->values.ours) == 0) return;
        change_with_lease(directory, client, held, outcome, &change);
        if (change != CHANGED_BEFORE_US) return;
    }
    outcome->kind = REFUSED;
    text_words(outcome->words, "somebody else keeps changing it, now it is %s; left alone", outcome->now);
}

// The file has a journal, of other wardens that live.
static void share(const struct state_directory *directory, int user, const char *client, const struct cpu_list *cpus,
                  struct held_file *held, struct outcome *outcome) {
    char wanted[VALUE_SIZE] = "";
    char who[WORDS_SIZE];
    outcome->kind = HELD;
    outcome_read_now(outcome, &held->file);
    if (outcome->kind != HELD) return;
    survey_user_words(directory, held->file.id, user, who);
    int error = setting_value_wanted(&held->file, cpus, outcome->now, wanted);
    if (strcmp(outcome->now, held->values.ours) != 0) {
        outcome->kind = REFUSED;
        text_words(outcome->words, "somebody else made it %s while %s holds it at %s; left alone", outcome->now, who,
                   held->values.ours);
    } else if (error != 0 || strcmp(wanted, outcome->now) != 0) {
        outcome->kind = REFUSED;
        text_words(outcome->words, "%s holds it at %s, not at %s", who, outcome->now,
                   error == 0 ? wanted : "what is wanted here");
    } else if ((held->lease = lease_take(directory, held->file.id, client)) < 0) {
        outcome->kind = REFUSED;
        text_error(who, -held->lease);
        text_words(outcome->words, "cannot take a lease in %s: %s", directory->path, who);
        held->lease = -1;
    }
}

void hold_file(const struct state_directory *directory, const struct survey *survey, const char *client,
               const struct cpu_list *cpus, struct held_file *held, struct outcome *outcome) {
    int user = survey_other_user(survey, held->file.id);
    *outcome = (struct outcome){.kind = REFUSED};
    held->lease = -1;
    switch (journal_load(directory, &held->file, &held->values, outcome->words)) {
        case JOURNAL_NONE: take(directory, client, cpus, held, outcome); break;
        case JOURNAL_VALID:
            if (user != 0) {
                share(directory, user, client, cpus, held, outcome);
            } else {
                text_words(outcome->words, "what a dead warden changed to %s cannot be restored to %s: see "
                           "tailgate-warden restore", held->values.ours, held->values.before);
            }
            break;
        case JOURNAL_OF_ANOTHER_BOOT:
        case JOURNAL_OF_ANOTHER_VERSION:
        case JOURNAL_DAMAGED:
        case JOURNAL_UNREADABLE: break;
    }
    memcpy(outcome->before, held->values.before, sizeof outcome->before);
    memcpy(held->words, outcome->words, sizeof held->words);
    held->kind = outcome->kind;
}

// For a client that asks again: a warden in place of a killed one is told to hold what that held, and nobody listens.
static void say_not_held(const struct held_file *held, struct outcome *outcome) {
    outcome->kind = held->kind;
    text_words(outcome->words, "%s", held->words);
}

void hold_check(const struct held_file *held, struct outcome *outcome) {
    *outcome = (struct outcome){.kind = held->kind};
    memcpy(outcome->before, held->values.before, sizeof outcome->before);
    if (held->kind != HELD && held->kind != KEPT) {
        say_not_held(held, outcome);
        return;
    }
    outcome_read_now(outcome, &held->file);
    if (outcome->kind == held->kind && strcmp(outcome->now, held->values.ours) != 0) outcome->kind = FOREIGN;
}

void hold_release(const struct state_directory *directory, const struct survey *survey, struct held_file *held,
                  int *pauses_left, struct outcome *outcome) {
    *outcome = (struct outcome){.kind = held->kind};
    if (held->kind == HELD) {
        restore_file(directory, survey, &held->file, &held->values, pauses_left, outcome);
        lease_drop(directory, held->file.id, held->lease);
        held->lease = -1;
        held->kind = REFUSED;
    } else if (held->kind == KEPT) {
        outcome_read_now(outcome, &held->file);
    } else {
        say_not_held(held, outcome);
    }
}
