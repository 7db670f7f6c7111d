// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Which files a setting has on this machine.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"
#include "system_paths.h"
#include "text.h"

enum { MOST_FILES = 8192 };

struct found {
    struct setting_file *files;
    size_t count;
};

static int add(struct found *found, const struct setting *setting, int number) {
    for (size_t i = 0; i < found->count; i++) {
        if (found->files[i].number == number) return 0;
    }
    if (found->count == MOST_FILES) return -E2BIG;
    struct setting_file *larger = realloc(found->files, (found->count + 1) * sizeof *larger);
    if (larger == NULL) return -ENOMEM;
    found->files = larger;
    if (!setting_file_make(setting, number, &larger[found->count])) return 0;
    found->count++;
    return 0;
}

static int add_drivers(struct found *found, const struct setting *setting) {
    int error = 0;
    for (int number = 0; number < 2 && error == 0; number++) {
        struct setting_file file;
        char path[PATH_SIZE];
        bool known = setting_file_make(setting, number, &file) && setting_file_path(&file, path);
        if (known && access(path, F_OK) == 0) error = add(found, setting, number);
    }
    return error;
}

// CPUs of one clock share one policy, so that one file is to be held for all of them: the one that the kernel links to.
static int clock_owner(int cpu) {
    char path[PATH_SIZE];
    char target[PATH_SIZE];
    long owner = 0;
    if (!system_path(path, "/sys/devices/system/cpu/cpu%d/cpufreq", cpu)) return cpu;
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0) return cpu;
    target[length] = '\0';
    const char *policy = strstr(target, "/policy");
    if (policy == NULL || !text_number(policy + strlen("/policy"), MOST_CPUS - 1, &owner)) return cpu;
    return (int)owner;
}

static int add_cpus(struct found *found, const struct setting *setting, const struct cpu_list *cpus) {
    int error = 0;
    for (int cpu = 0; cpu < MOST_CPUS && error == 0; cpu++) {
        if (cpu_list_contains(cpus, cpu)) error = add(found, setting, clock_owner(cpu));
    }
    return error;
}

static int by_number(const void *one, const void *other) {
    const struct setting_file *left = one;
    const struct setting_file *right = other;
    return (left->number > right->number) - (left->number < right->number);
}

static int add_interrupts(struct found *found, const struct setting *setting) {
    char path[PATH_SIZE];
    DIR *folder = system_path(path, "/proc/irq") ? opendir(path) : NULL;
    if (folder == NULL) return errno == ENOMEM ? -ENOMEM : 0;
    int error = 0;
    for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;) {
        long number = 0;
        if (text_number(entry->d_name, 999999, &number)) error = add(found, setting, (int)number);
    }
    closedir(folder);
    if (found->count > 0) qsort(found->files, found->count, sizeof found->files[0], by_number);
    return error;
}

int setting_files_find(const struct setting *setting, const struct cpu_list *cpus, struct setting_file **files,
                       size_t *count) {
    struct found found = {NULL, 0};
    int error = 0;
    switch (setting->files) {
        case ONE_FILE: error = add(&found, setting, -1); break;
        case ONE_OF_EACH_DRIVER: error = add_drivers(&found, setting); break;
        case ONE_OF_EACH_CPU: error = add_cpus(&found, setting, cpus); break;
        case ONE_OF_EACH_INTERRUPT: error = add_interrupts(&found, setting); break;
    }
    *files = found.files;
    *count = found.count;
    return error;
}
