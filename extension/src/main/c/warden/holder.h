// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The client for whom settings are held: the two ends of its pipe, or its socket, and its process.
#ifndef TAILGATE_HOLDER_H
#define TAILGATE_HOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "limits.h"

struct holder {
    int input;
    int output;
    int process;  // pidfd; -1 before the client has said who it is, and where the kernel has none
    bool gone;    // for good: everything is to be released
    char name[NAME_SIZE];
};

// Takes over standard input and output.
void holder_open(struct holder *holder);

// Watches the process, too: a grandchild that inherited the pipe's end must not keep a setting for a dead client.
// On a socket the kernel, and not the client, says which process that is. 0 or -errno.
int holder_watch(struct holder *holder, pid_t claimed);

// Waits a while, or less where the client ends.
void holder_sleep(struct holder *holder, int milliseconds);

// Reads what is there, waiting for it: its length; 0 where the client is gone, -1 after `milliseconds` (-1: no limit).
ssize_t holder_read(struct holder *holder, char *text, size_t size, int milliseconds);

// Writes it all, waiting for a slow reader for as long as that lives.
void holder_write(struct holder *holder, const char *text, size_t length);

#endif
