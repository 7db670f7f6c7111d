// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What is written down, and durable, before a file is changed: the value it had and the value it gets.
#ifndef TAILGATE_JOURNAL_H
#define TAILGATE_JOURNAL_H

#include "limits.h"
#include "settings.h"
#include "state_directory.h"

struct journal {
    char before[VALUE_SIZE];
    char ours[VALUE_SIZE];
};

enum journal_state {
    JOURNAL_NONE,
    JOURNAL_VALID,
    JOURNAL_OF_ANOTHER_BOOT,     // the setting was reset since
    JOURNAL_OF_ANOTHER_VERSION,  // for the Tailgate that wrote it
    JOURNAL_DAMAGED,             // nothing is ever written from it
    JOURNAL_UNREADABLE,          // this time: no memory, no descriptor
};

enum journal_state journal_load(const struct state_directory *directory, const struct setting_file *file,
                                struct journal *journal, char words[WORDS_SIZE]);

// Durable when it returns 0; on -errno nothing is left.
int journal_store(const struct state_directory *directory, const struct setting_file *file,
                  const struct journal *journal);

// 0 or -errno.
int journal_remove(const struct state_directory *directory, const struct setting_file *file);

// Sets a damaged one aside as <id>.journal.rejected, for a person to look at. 0 or -errno.
int journal_reject(const struct state_directory *directory, const struct setting_file *file);

#endif
