// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What one client holds, setting by setting, and the requests that change it.
#ifndef TAILGATE_HOLDINGS_H
#define TAILGATE_HOLDINGS_H

#include <stdbool.h>

#include "hold.h"
#include "holder.h"
#include "lines.h"
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

// Each fills the reply, which the caller sends, and gives false, with words for an `error` line and no reply, where the
// request makes no sense.
bool holdings_hold(struct holdings *holdings, const struct setting *setting, const struct cpu_list *cpus,
                   struct reply *reply, char words[WORDS_SIZE]);
bool holdings_check(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                    char words[WORDS_SIZE]);
bool holdings_release(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                      char words[WORDS_SIZE]);

// The client is gone: gives everything back, the last first, and says on standard error what could not be.
void holdings_release_all(struct holdings *holdings);

#endif
