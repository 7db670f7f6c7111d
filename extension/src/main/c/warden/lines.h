// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The protocol's lines: ASCII, at most 512 bytes with their end.
#ifndef TAILGATE_LINES_H
#define TAILGATE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "holder.h"
#include "limits.h"

struct line_reader {
    char buffer[LINE_SIZE - 1];
    size_t length;
    bool skipping;  // the rest of a line that was too long
};

enum line_kind { LINE_READ, LINE_TOO_LONG, LINE_NOT_ASCII, LINE_LATE, LINE_END };

// The next line without its end. Waits `milliseconds` for each part of it, -1 without limit.
enum line_kind line_read(struct line_reader *reader, struct holder *holder, char line[LINE_SIZE], int milliseconds);

// Lines that are collected while the lock is held and sent after it was released: a slow reader stops nobody else.
struct reply {
    char *text;
    size_t length;
    size_t size;
};

// Makes room for as many lines, so that adding them cannot fail; false without memory.
bool reply_start(struct reply *reply, size_t lines);

void reply_add(struct reply *reply, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Sends all lines, and frees them.
void reply_send(struct reply *reply, struct holder *holder);

#endif
