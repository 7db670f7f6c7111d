// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "outcome.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "setting_value.h"
#include "text.h"

static const char *const names[] = {"held", "kept", "absent", "refused", "restored", "shared", "foreign", "nothing"};

void outcome_line(const char *id, const struct outcome *outcome, char line[LINE_SIZE]) {
    _Static_assert(LINE_SIZE > sizeof "restored" + ID_SIZE + VALUE_SIZE + VALUE_SIZE + 1, "values are never cut off");
    const char *name = names[outcome->kind];
    int length = 0;
    switch (outcome->kind) {
        case HELD: length = snprintf(line, LINE_SIZE, "%s %s %s %s", name, id, outcome->before, outcome->now); break;
        case KEPT:
        case RESTORED:
        case SHARED:
        case FOREIGN: length = snprintf(line, LINE_SIZE, "%s %s %s", name, id, outcome->now); break;
        case ABSENT:
        case REFUSED:
        case NOTHING: length = snprintf(line, LINE_SIZE, "%s %s %s", name, id, outcome->words); break;
    }
    if (length < 0) line[0] = '\0';
}

void outcome_read_now(struct outcome *outcome, const struct setting_file *file) {
    int error = setting_value_read(file, outcome->now);
    if (error == 0) return;
    if (error == -EILSEQ || error == -EFBIG) {
        // nothing that a warden wrote; a text with blanks would be taken for several words
        (void)text_format(outcome->now, sizeof outcome->now, "?");
        return;
    }
    outcome->kind = error == -ENOENT ? ABSENT : REFUSED;
    setting_value_words(file, "read", -error, outcome->words);
}
