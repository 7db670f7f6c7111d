// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "restore.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "fault_point.h"
#include "setting_value.h"
#include "text.h"

enum { PAUSE_MS = 100 };

static void remove_journal(const struct state_directory *directory, const struct setting_file *file,
                           struct outcome *outcome) {
    char name[WORDS_SIZE];
    int error = journal_remove(directory, file);
    // Where the folder is gone so is the journal. Else the next warden finds the value changed, and leaves it alone.
    if (error == 0 || state_directory_is_gone(directory)) return;
    text_error(name, -error);
    text_words(outcome->words, "its journal cannot be removed: %s", name);
}

// One attempt; true where there is nothing more to try.
static bool write_back(const struct setting_file *file, const struct journal *journal, struct outcome *outcome) {
    outcome->kind = FOREIGN;
    outcome_read_now(outcome, file);
    if (outcome->kind != FOREIGN) return outcome->kind == ABSENT;
    if (strcmp(outcome->now, journal->ours) != 0) return true;
    int error = setting_value_write(file, journal->before);
    if (error != 0) {
        outcome->kind = REFUSED;
        setting_value_words(file, "restore", -error, outcome->words);
        return false;
    }
    fault_point("setting_restored");
    outcome_read_now(outcome, file);
    if (strcmp(outcome->now, journal->before) == 0) {
        outcome->kind = RESTORED;
    } else if (strcmp(outcome->now, journal->ours) == 0) {
        outcome->kind = REFUSED;
        text_words(outcome->words, "the kernel took %s without effect, it still is %s", journal->before, outcome->now);
        return false;
    }
    return true;
}

// What refuses now, a driver that is being reset, say, may let it be done a moment later.
static void write_back_patiently(const struct setting_file *file, const struct journal *journal, int *pauses_left,
                                 struct outcome *outcome) {
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    while (!write_back(file, journal, outcome) && *pauses_left > 0) {
        (*pauses_left)--;
        nanosleep(&pause, NULL);
    }
}

// A CPU that was taken offline comes back with the governor that it had.
static bool may_come_back(const struct setting_file *file, const struct outcome *outcome) {
    return outcome->kind == ABSENT && file->setting->files == ONE_OF_EACH_CPU;
}

static void reject(const struct state_directory *directory, const struct setting_file *file, struct outcome *outcome) {
    char words[WORDS_SIZE];
    char name[WORDS_SIZE];
    memcpy(words, outcome->words, sizeof words);
    int error = journal_reject(directory, file);
    text_error(name, -error);
    outcome_read_now(outcome, file);
    outcome->kind = REFUSED;
    if (error == 0) {
        text_words(outcome->words, "%s; set aside as %s.journal.rejected, the value is left at %s", words, file->id,
                   outcome->now);
    } else {
        text_words(outcome->words, "%s; and it cannot be set aside: %s", words, name);
    }
}

void restore_file(const struct state_directory *directory, const struct survey *survey,
                  const struct setting_file *file, const struct journal *remembered, int *pauses_left,
                  struct outcome *outcome) {
    struct journal journal;
    *outcome = (struct outcome){.kind = SHARED};
    outcome_read_now(outcome, file);
    if (survey_other_user(survey, file->id) != 0) return;
    outcome->kind = REFUSED;
    switch (journal_load(directory, file, &journal, outcome->words)) {
        case JOURNAL_NONE:
            outcome->kind = NOTHING;
            text_words(outcome->words, "nothing to restore");
            if (remembered == NULL) return;
            journal = *remembered;
            outcome->words[0] = '\0';
            break;
        case JOURNAL_VALID: break;
        case JOURNAL_OF_ANOTHER_BOOT:
            outcome->kind = NOTHING;
            remove_journal(directory, file, outcome);
            return;
        case JOURNAL_DAMAGED: reject(directory, file, outcome); return;
        case JOURNAL_OF_ANOTHER_VERSION:
        case JOURNAL_UNREADABLE: return;
    }
    write_back_patiently(file, &journal, pauses_left, outcome);
    if (outcome->kind != REFUSED && !may_come_back(file, outcome)) remove_journal(directory, file, outcome);
}

void restore_unused(const struct state_directory *directory, const struct survey *survey, int pauses_left,
                    void (*tell)(const char *id, const struct outcome *outcome)) {
    for (size_t i = 0; i < survey->journal_count; i++) {
        struct setting_file file;
        struct outcome outcome;
        if (!setting_file_of_id(survey->journals[i].id, &file) || survey_is_used(survey, file.id)) continue;
        restore_file(directory, survey, &file, NULL, &pauses_left, &outcome);
        tell(file.id, &outcome);
    }
}
