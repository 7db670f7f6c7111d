// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What the warden demands of its surroundings, and what it does so that they cannot end it.
#ifndef TAILGATE_SURROUNDINGS_H
#define TAILGATE_SURROUNDINGS_H

#include <stdbool.h>

#include "limits.h"

// False, with words, where this process may not change the host: not root, or inside a container.
bool surroundings_allow(char words[WORDS_SIZE]);

// Leaves the client's session, signals, folder and descriptors behind; asks not to be killed or swapped out.
void surroundings_leave(void);

// A line for the log. Never blocks: standard error may be a pipe that nobody reads.
void surroundings_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
