// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The settings that the warden knows: the only names a client can use, with the only values that are ever set.
#ifndef TAILGATE_SETTINGS_H
#define TAILGATE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "cpu_list.h"
#include "limits.h"

enum setting_files { ONE_FILE, ONE_OF_EACH_DRIVER, ONE_OF_EACH_CPU, ONE_OF_EACH_INTERRUPT };
enum value_form { NUMBER, CHOICE, WORD, CPUS };

struct setting {
    const char *name;
    enum setting_files files;
    enum value_form form;
    long most;  // of a NUMBER; what is above it is never written back
    struct {
        const char *path;
        const char *path_after_number;
        const char *wanted;
    } file[2];
};

// One file of a setting; its id is the setting's name, or name.number.
struct setting_file {
    const struct setting *setting;
    int number;  // -1 where the setting is one file
    char id[ID_SIZE];
};

const struct setting *setting_named(const char *name);
bool setting_takes_cpus(const struct setting *setting);

bool setting_file_make(const struct setting *setting, int number, struct setting_file *file);

// Understands an id of a journal or a lease; false unless it is exactly how this warden writes it.
bool setting_file_of_id(const char *id, struct setting_file *file);

bool setting_file_path(const struct setting_file *file, char path[PATH_SIZE]);

// The files of the setting on this machine, in the order in which they are changed; the caller frees them.
// 0, or -errno: ENOMEM, E2BIG where there are more than the warden takes.
int setting_files_find(const struct setting *setting, const struct cpu_list *cpus, struct setting_file **files,
                       size_t *count);

#endif
