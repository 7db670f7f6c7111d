// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Bounded texts and the words for errors.
#ifndef TAILGATE_TEXT_H
#define TAILGATE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "limits.h"

// Formats into target; false, and an empty target, where it does not fit.
bool text_format(char *target, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The same for words to people: these may be cut at the end.
void text_words(char words[WORDS_SIZE], const char *format, ...) __attribute__((format(printf, 2, 3)));

// A decimal number without sign or leading zero, at most `most`; false for anything else.
bool text_number(const char *text, long most, long *number);

// "EROFS (Read-only file system)"
void text_error(char words[WORDS_SIZE], int error);

#endif
