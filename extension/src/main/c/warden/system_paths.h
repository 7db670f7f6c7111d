// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Where things are. Production knows fixed paths only; the chaos build can be pointed at a fake tree.
#ifndef TAILGATE_SYSTEM_PATHS_H
#define TAILGATE_SYSTEM_PATHS_H

#include <stdbool.h>

#include "limits.h"

// A path of the kernel or below /run; false where it does not fit.
bool system_path(char path[PATH_SIZE], const char *format, ...) __attribute__((format(printf, 2, 3)));

bool state_directory_path(char path[PATH_SIZE]);

// True where the files are a fake tree, so that nothing on this host can be changed.
bool system_is_fake(void);

// True where the state directory is not the host's one, so that it may belong to whoever tests.
bool state_is_private(void);

// The kernel's random name of this boot; false where it cannot be read.
bool system_boot(char boot[BOOT_SIZE]);

#endif
