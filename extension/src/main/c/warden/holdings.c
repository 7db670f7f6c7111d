// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "holdings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

struct holding *holdings_find(struct holdings *holdings, const struct setting *setting) {
    for (size_t i = 0; i < holdings->count; i++) {
        if (holdings->held[i].setting == setting) return &holdings->held[i];
    }
    return NULL;
}

void holdings_forget(struct holdings *holdings, struct holding *holding) {
    free(holding->files);
    size_t index = (size_t)(holding - holdings->held);
    holdings->count--;
    memmove(holding, holding + 1, (holdings->count - index) * sizeof *holding);
}

bool holding_has(const struct holding *holding, enum outcome_kind kind) {
    for (size_t i = 0; i < holding->count; i++) {
        if (holding->files[i].kind == kind) return true;
    }
    return false;
}

bool holding_has_anything(const struct holding *holding) { return holding_has(holding, HELD) || holding_has(holding, KEPT); }

struct holding *holdings_add(struct holdings *holdings, const struct setting *setting, const struct cpu_list *cpus,
                             char words[WORDS_SIZE]) {
    struct setting_file *files = NULL;
    size_t count = 0;
    int error = setting_files_find(setting, cpus, &files, &count);
    struct held_file *held = error == 0 ? calloc(count + 1, sizeof *held) : NULL;
    if (held == NULL) {
        char name[WORDS_SIZE];
        free(files);
        text_error(name, error == 0 ? ENOMEM : -error);
        text_words(words, "cannot list the files of %s: %s", setting->name, name);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) held[i] = (struct held_file){.file = files[i], .kind = REFUSED, .lease = -1};
    free(files);
    struct holding *holding = &holdings->held[holdings->count++];
    *holding = (struct holding){setting, held, count};
    return holding;
}
