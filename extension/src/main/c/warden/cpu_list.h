// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Sets of CPUs, written as the kernel writes them: 0-3,8
#ifndef TAILGATE_CPU_LIST_H
#define TAILGATE_CPU_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_CPUS = 8192, CPU_WORDS = MOST_CPUS / 64 };

struct cpu_list {
    uint64_t words[CPU_WORDS];
};

// Digits, commas and dashes only; false for anything else, an empty list and CPUs from MOST_CPUS on.
bool cpu_list_parse(const char *text, struct cpu_list *list);

// False where the text does not fit.
bool cpu_list_format(const struct cpu_list *list, char *text, size_t size);

bool cpu_list_contains(const struct cpu_list *list, int cpu);
bool cpu_list_overlaps(const struct cpu_list *one, const struct cpu_list *other);
bool cpu_list_is_empty(const struct cpu_list *list);
void cpu_list_remove(struct cpu_list *from, const struct cpu_list *removed);

#endif
