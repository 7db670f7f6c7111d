// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What one client holds, setting by setting.
#ifndef TAILGATE_HOLDINGS_H
#define TAILGATE_HOLDINGS_H

#include <stdbool.h>

#include "hold.h"
#include "holder.h"
#include "state_directory.h"

enum { MOST_HOLDINGS = 9 };

struct holding {
    const struct setting *setting;
    struct held_file *files;
    size_t count;
};

struct holdings {
    struct state_directory *directory;
    struct holder *holder;
    struct holding held[MOST_HOLDINGS];  // in the order in which they were asked for
    size_t count;
    bool left_something;  // a file could not be given back; its journal is still there
};

struct holding *holdings_find(struct holdings *holdings, const struct setting *setting);

// Makes a holding with every file of the setting, none of them held yet; NULL with words.
struct holding *holdings_add(struct holdings *holdings, const struct setting *setting, const struct cpu_list *cpus,
                             char words[WORDS_SIZE]);

void holdings_forget(struct holdings *holdings, struct holding *holding);

bool holding_has(const struct holding *holding, enum outcome_kind kind);
bool holding_has_anything(const struct holding *holding);

#endif
