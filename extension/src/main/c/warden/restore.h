// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Gives back what the journal of a file says, unless somebody still needs it or somebody else changed it since.
#ifndef TAILGATE_RESTORE_H
#define TAILGATE_RESTORE_H

#include "journal.h"
#include "lease.h"
#include "outcome.h"
#include "settings.h"
#include "state_directory.h"

// How often one may still pause and try again, for all files of a request together: others wait for the lock.
enum { NO_PATIENCE = 0, PATIENCE = 4 };

// Restores one file. The caller has the lock and a survey made under it. `remembered` is what this warden itself wrote
// to the journal, for the case that the journal was removed; NULL where it knows nothing.
void restore_file(const struct state_directory *directory, const struct survey *survey,
                  const struct setting_file *file, const struct journal *remembered, int *pauses_left,
                  struct outcome *outcome);

// Restores every file that no living warden uses, the newest change first; tells of each that had a journal.
void restore_unused(const struct state_directory *directory, const struct survey *survey, int pauses_left,
                    void (*tell)(const char *id, const struct outcome *outcome));

#endif
