// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_ascii(const char *line, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (line[i] < ' ' || line[i] > '~') return false;
    }
    return true;
}

// Takes the line that ends at `end` out of the buffer.
static enum line_kind take(struct line_reader *reader, const char *end, char line[LINE_SIZE]) {
    size_t length = (size_t)(end - reader->buffer);
    memcpy(line, reader->buffer, length);
    line[length] = '\0';
    reader->length -= length + 1;
    memmove(reader->buffer, end + 1, reader->length);
    if (reader->skipping) {
        reader->skipping = false;
        return LINE_TOO_LONG;
    }
    return is_ascii(line, length) ? LINE_READ : LINE_NOT_ASCII;
}

enum line_kind line_read(struct line_reader *reader, struct holder *holder, char line[LINE_SIZE], int milliseconds) {
    for (;;) {
        const char *end = memchr(reader->buffer, '\n', reader->length);
        if (end != NULL) return take(reader, end, line);
        if (reader->length == sizeof reader->buffer) {
            reader->skipping = true;
            reader->length = 0;
        }
        ssize_t more = holder_read(holder, reader->buffer + reader->length, sizeof reader->buffer - reader->length,
                                   milliseconds);
        if (more < 0) return LINE_LATE;
        if (more == 0) return LINE_END;
        reader->length += (size_t)more;
    }
}

bool reply_start(struct reply *reply, size_t lines) {
    reply->length = 0;
    reply->size = lines * LINE_SIZE;
    reply->text = malloc(reply->size);
    return reply->text != NULL;
}

void reply_add(struct reply *reply, const char *format, ...) {
    char line[LINE_SIZE - 1];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    // only words can be this long; ids and values are not
    size_t kept = (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
    if (reply->size - reply->length < kept + 1) return;
    memcpy(reply->text + reply->length, line, kept);
    reply->length += kept;
    reply->text[reply->length++] = '\n';
}

void reply_send(struct reply *reply, struct holder *holder) {
    holder_write(holder, reply->text, reply->length);
    free(reply->text);
    *reply = (struct reply){NULL, 0, 0};
}
