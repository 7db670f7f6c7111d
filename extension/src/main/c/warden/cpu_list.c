// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "cpu_list.h"

#include <stdio.h>
#include <string.h>

// Reads the digits at *text and moves it behind them; -1 where there are none or too many.
static int take_cpu(const char **text) {
    int cpu = 0;
    const char *start = *text;
    while (**text >= '0' && **text <= '9') {
        cpu = cpu * 10 + (**text - '0');
        if (cpu >= MOST_CPUS) return -1;
        (*text)++;
    }
    return *text == start ? -1 : cpu;
}

bool cpu_list_parse(const char *text, struct cpu_list *list) {
    *list = (struct cpu_list){0};
    for (;;) {
        int first = take_cpu(&text);
        int last = first;
        if (*text == '-') {
            text++;
            last = take_cpu(&text);
        }
        if (first < 0 || last < first) return false;
        for (int cpu = first; cpu <= last; cpu++) list->words[cpu / 64] |= UINT64_C(1) << (cpu % 64);
        if (*text == '\0') return true;
        if (*text != ',') return false;
        text++;
    }
}

bool cpu_list_contains(const struct cpu_list *list, int cpu) {
    return cpu >= 0 && cpu < MOST_CPUS && (list->words[cpu / 64] >> (cpu % 64) & 1) != 0;
}

bool cpu_list_format(const struct cpu_list *list, char *text, size_t size) {
    size_t length = 0;
    text[0] = '\0';
    for (int cpu = 0; cpu < MOST_CPUS; cpu++) {
        if (!cpu_list_contains(list, cpu)) continue;
        int last = cpu;
        while (cpu_list_contains(list, last + 1)) last++;
        const char *comma = length > 0 ? "," : "";
        int added = last > cpu ? snprintf(text + length, size - length, "%s%d-%d", comma, cpu, last)
                               : snprintf(text + length, size - length, "%s%d", comma, cpu);
        if (added < 0 || (size_t)added >= size - length) return false;
        length += (size_t)added;
        cpu = last;
    }
    return true;
}

bool cpu_list_overlaps(const struct cpu_list *one, const struct cpu_list *other) {
    for (int i = 0; i < CPU_WORDS; i++) {
        if ((one->words[i] & other->words[i]) != 0) return true;
    }
    return false;
}

bool cpu_list_is_empty(const struct cpu_list *list) {
    return !cpu_list_overlaps(list, list);
}

void cpu_list_remove(struct cpu_list *from, const struct cpu_list *removed) {
    for (int i = 0; i < CPU_WORDS; i++) from->words[i] &= ~removed->words[i];
}
