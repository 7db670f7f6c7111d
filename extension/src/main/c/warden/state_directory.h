// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The folder that outlives a warden: root's alone, and no file in it is opened through a link.
#ifndef TAILGATE_STATE_DIRECTORY_H
#define TAILGATE_STATE_DIRECTORY_H

#include <stdbool.h>
#include <sys/types.h>

#include "limits.h"

struct holder;

struct state_directory {
    int folder;
    int lock;  // -1 while this process does not have it
    char path[PATH_SIZE];
};

// Opens and checks the folder, creating it if told to. 0, -ENOENT, or another -errno with words.
int state_directory_open(struct state_directory *directory, bool create, char words[WORDS_SIZE]);

void state_directory_close(struct state_directory *directory);

// True where the folder was removed after it was opened.
bool state_directory_is_gone(const struct state_directory *directory);

// Takes the lock between wardens, waiting for a few seconds and no longer than the holder lives (NULL: nobody to watch).
// 0, or -errno with words.
int state_directory_lock(struct state_directory *directory, struct holder *holder, char words[WORDS_SIZE]);

// Takes the lock however long it takes: the kernel drops it when its owner dies. 0, or -errno where there is none to
// be had (folder gone or damaged).
int state_directory_lock_at_last(struct state_directory *directory);

void state_directory_unlock(struct state_directory *directory);

// Opens a file of the folder; what is no plain file of ours alone is refused with -EMLINK, a link with -ELOOP.
int state_file_open(const struct state_directory *directory, const char *name, int flags);

// Reads a whole file into text and ends it with NUL; its length, or -errno, -EFBIG where it does not fit.
ssize_t state_file_read(const struct state_directory *directory, const char *name, char *text, size_t size);

// Makes changes of names durable. 0 or -errno.
int state_directory_sync(const struct state_directory *directory);

#endif
