// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "settings.h"

#include <limits.h>
#include <string.h>

#include "system_paths.h"
#include "text.h"

enum { HIGHEST_NUMBER = 999999 };

static const struct setting settings[] = {
    // 0 off, 1 normal, 2 tiering, 3 both; Linux 6.1 takes and keeps a 4, too
    {"numa_balancing", ONE_FILE, NUMBER, 4, {{"/proc/sys/kernel/numa_balancing", "", "0"}}},
    {"thp_enabled", ONE_FILE, CHOICE, 0, {{"/sys/kernel/mm/transparent_hugepage/enabled", "", "never"}}},
    {"thp_defrag", ONE_FILE, CHOICE, 0, {{"/sys/kernel/mm/transparent_hugepage/defrag", "", "never"}}},
    {"timer_migration", ONE_FILE, NUMBER, 1, {{"/proc/sys/kernel/timer_migration", "", "0"}}},
    {"vm_stat_interval", ONE_FILE, NUMBER, INT_MAX, {{"/proc/sys/vm/stat_interval", "", "120"}}},
    {"nmi_watchdog", ONE_FILE, NUMBER, 1, {{"/proc/sys/kernel/nmi_watchdog", "", "0"}}},
    {"governor",
     ONE_OF_EACH_CPU,
     WORD,
     0,
     {{"/sys/devices/system/cpu/cpu", "/cpufreq/scaling_governor", "performance"}}},
    {"turbo",
     ONE_OF_EACH_DRIVER,
     NUMBER,
     1,
     {{"/sys/devices/system/cpu/intel_pstate/no_turbo", "", "1"}, {"/sys/devices/system/cpu/cpufreq/boost", "", "0"}}},
    // what is wanted depends on the CPUs to be kept free: setting_value.c
    {"irq_affinity", ONE_OF_EACH_INTERRUPT, CPUS, 0, {{"/proc/irq/", "/smp_affinity_list", NULL}}},
};

const struct setting *setting_named(const char *name) {
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        if (strcmp(settings[i].name, name) == 0) return &settings[i];
    }
    return NULL;
}

bool setting_takes_cpus(const struct setting *setting) {
    return setting->files == ONE_OF_EACH_CPU || setting->files == ONE_OF_EACH_INTERRUPT;
}

static bool has_number(const struct setting *setting, int number) {
    switch (setting->files) {
        case ONE_FILE: return number == -1;
        case ONE_OF_EACH_DRIVER: return number == 0 || number == 1;
        case ONE_OF_EACH_CPU: return number >= 0 && number < MOST_CPUS;
        case ONE_OF_EACH_INTERRUPT: return number >= 0 && number <= HIGHEST_NUMBER;
    }
    return false;
}

bool setting_file_make(const struct setting *setting, int number, struct setting_file *file) {
    file->setting = setting;
    file->number = number;
    if (!has_number(setting, number)) return false;
    if (number < 0) return text_format(file->id, ID_SIZE, "%s", setting->name);
    return text_format(file->id, ID_SIZE, "%s.%d", setting->name, number);
}

bool setting_file_of_id(const char *id, struct setting_file *file) {
    char name[ID_SIZE];
    long number = -1;
    if (!text_format(name, sizeof name, "%s", id)) return false;
    char *dot = strchr(name, '.');
    if (dot != NULL) {
        *dot = '\0';
        if (!text_number(dot + 1, HIGHEST_NUMBER, &number)) return false;
    }
    const struct setting *setting = setting_named(name);
    return setting != NULL && setting_file_make(setting, (int)number, file);
}

bool setting_file_path(const struct setting_file *file, char path[PATH_SIZE]) {
    const struct setting *setting = file->setting;
    switch (setting->files) {
        case ONE_FILE: return system_path(path, "%s", setting->file[0].path);
        case ONE_OF_EACH_DRIVER: return system_path(path, "%s", setting->file[file->number].path);
        case ONE_OF_EACH_CPU:
        case ONE_OF_EACH_INTERRUPT:
            return system_path(path, "%s%d%s", setting->file[0].path, file->number,
                               setting->file[0].path_after_number);
    }
    return false;
}
