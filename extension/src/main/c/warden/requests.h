// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What a client can ask for.
#ifndef TAILGATE_REQUESTS_H
#define TAILGATE_REQUESTS_H

#include <stdbool.h>

#include "holdings.h"
#include "lines.h"

// Each fills the reply, which the caller sends, and gives false, with words for an `error` line and no reply, where the
// request makes no sense.
bool request_hold(struct holdings *holdings, const struct setting *setting, const struct cpu_list *cpus,
                  struct reply *reply, char words[WORDS_SIZE]);
bool request_check(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                   char words[WORDS_SIZE]);
bool request_release(struct holdings *holdings, const struct setting *setting, struct reply *reply,
                     char words[WORDS_SIZE]);

// The client is gone: gives everything back, the last first, and says on standard error what could not be.
void request_release_all(struct holdings *holdings);

#endif
