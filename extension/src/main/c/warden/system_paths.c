// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "system_paths.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

static const char boot_id_path[] = "/proc/sys/kernel/random/boot_id";

#ifdef TAILGATE_CHAOS
static const char *root(void) {
    const char *root = getenv("TAILGATE_ROOT");
    return root == NULL ? "" : root;
}

bool system_is_fake(void) { return root()[0] != '\0'; }

bool state_is_private(void) { return system_is_fake() || getenv("TAILGATE_STATE_DIRECTORY") != NULL; }

bool state_directory_path(char path[PATH_SIZE]) {
    const char *given = getenv("TAILGATE_STATE_DIRECTORY");
    return given != NULL ? text_format(path, PATH_SIZE, "%s", given) : system_path(path, "/run/tailgate");
}
#else
static const char *root(void) { return ""; }

bool system_is_fake(void) { return false; }

bool state_is_private(void) { return false; }

bool state_directory_path(char path[PATH_SIZE]) { return system_path(path, "/run/tailgate"); }
#endif

bool system_path(char path[PATH_SIZE], const char *format, ...) {
    char below[PATH_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(below, sizeof below, format, arguments);
    va_end(arguments);
    path[0] = '\0';
    return length >= 0 && (size_t)length < sizeof below && text_format(path, PATH_SIZE, "%s%s", root(), below);
}

bool system_boot(char boot[BOOT_SIZE]) {
    char path[PATH_SIZE];
    if (!system_path(path, "%s", boot_id_path)) return false;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    // a fake tree need not have one
    if (file < 0 && system_is_fake()) file = open(boot_id_path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, boot, BOOT_SIZE - 1);
    close(file);
    if (length != BOOT_SIZE - 1) return false;
    boot[length] = '\0';
    return strspn(boot, "0123456789abcdef-") == (size_t)length;
}
