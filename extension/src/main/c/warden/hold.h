// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Changes one file for this warden's client, so that it comes back whatever happens.
#ifndef TAILGATE_HOLD_H
#define TAILGATE_HOLD_H

#include "journal.h"
#include "lease.h"
#include "outcome.h"
#include "restore.h"
#include "settings.h"
#include "state_directory.h"

struct held_file {
    struct setting_file file;
    enum outcome_kind kind;  // HELD, KEPT, ABSENT or REFUSED
    struct journal values;   // before and ours; of a KEPT one, ours is what it had
    int lease;               // -1 unless HELD
    char words[WORDS_SIZE];  // why it is ABSENT or REFUSED
};

// Takes the file, or shares it with other wardens. The caller has the lock and a survey made under it, and has restored
// what nobody uses.
void hold_file(const struct state_directory *directory, const struct survey *survey, const char *client,
               const struct cpu_list *cpus, struct held_file *held, struct outcome *outcome);

// Reads the file back.
void hold_check(const struct held_file *held, struct outcome *outcome);

// Gives the file back unless others use it. The caller has the lock and a survey made under it.
void hold_release(const struct state_directory *directory, const struct survey *survey, struct held_file *held,
                  int *pauses_left, struct outcome *outcome);

#endif
