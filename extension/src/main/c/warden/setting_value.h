// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Reads and writes one file of a setting.
#ifndef TAILGATE_SETTING_VALUE_H
#define TAILGATE_SETTING_VALUE_H

#include "settings.h"

// The present value: the text of the file, or its bracketed word. 0 or -errno, with EFBIG for a text that does not fit
// and EILSEQ for one that this warden would not write back.
int setting_value_read(const struct setting_file *file, char value[VALUE_SIZE]);

// Writes a sound value, and nothing else. 0 or -errno.
int setting_value_write(const struct setting_file *file, const char *value);

bool setting_value_is_sound(const struct setting *setting, const char *value);

// What the file is to be, given what it is. 0, or -EDOM where no CPU would be left, or -EFBIG.
int setting_value_wanted(const struct setting_file *file, const struct cpu_list *cpus, const char *present,
                         char wanted[VALUE_SIZE]);

// Why a file could not be read or written.
void setting_value_words(const struct setting_file *file, const char *verb, int error, char words[WORDS_SIZE]);

#endif
