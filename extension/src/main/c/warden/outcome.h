// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What came of holding, checking or releasing one file; the words of the protocol.
#ifndef TAILGATE_OUTCOME_H
#define TAILGATE_OUTCOME_H

#include "limits.h"
#include "settings.h"

enum outcome_kind {
    HELD,      // changed by this or another warden, journalled, leased
    KEPT,      // had the wanted value already
    ABSENT,    // this machine has no such file
    REFUSED,   // by the kernel or by us
    RESTORED,  // as it was before
    SHARED,    // other wardens still hold it
    FOREIGN,   // somebody else changed it: left alone
    NOTHING,   // there was nothing to restore
};

struct outcome {
    enum outcome_kind kind;
    char before[VALUE_SIZE];  // only when HELD
    char now[VALUE_SIZE];
    char words[WORDS_SIZE];
};

// "restored numa_balancing 1"
void outcome_line(const char *id, const struct outcome *outcome, char line[LINE_SIZE]);

// Reads the present value for the line; kind and words change where that fails.
void outcome_read_now(struct outcome *outcome, const struct setting_file *file);

#endif
