// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Who uses a file of a setting: one locked file for each warden and each id. The kernel drops the lock with the process,
// so that process ids that are used again, and clocks, do not matter.
#ifndef TAILGATE_LEASE_H
#define TAILGATE_LEASE_H

#include <stdbool.h>
#include <time.h>

#include "limits.h"
#include "settings.h"
#include "state_directory.h"

// Takes this warden's lease; its descriptor, or -errno.
int lease_take(const struct state_directory *directory, const char *id, const char *client);

void lease_drop(const struct state_directory *directory, const char *id, int descriptor);

struct lease {
    char id[ID_SIZE];
    int warden;
};

struct journal_name {
    char id[ID_SIZE];
    struct timespec stored;
};

// What the state directory holds; taken, and true, under the lock.
struct survey {
    struct lease *leases;  // of living wardens, this one among them
    size_t lease_count;
    struct journal_name *journals;  // the newest first: undone in reverse
    size_t journal_count;
};

// Looks at the directory; if told to, removes what dead wardens left of leases and half-written journals. 0 or -errno.
int survey_take(const struct state_directory *directory, bool tidy, struct survey *survey);

void survey_free(struct survey *survey);

// The living warden other than this one that uses the file, 0 for none.
int survey_other_user(const struct survey *survey, const char *id);

bool survey_is_used(const struct survey *survey, const char *id);

// "warden 77 for process 42 (java)"
void survey_user_words(const struct state_directory *directory, const char *id, int warden, char words[WORDS_SIZE]);

#endif
