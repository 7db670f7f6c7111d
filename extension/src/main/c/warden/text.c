// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool text_format(char *target, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(target, size, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < size) return true;
    target[0] = '\0';
    return false;
}

void text_words(char words[WORDS_SIZE], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(words, WORDS_SIZE, format, arguments) < 0) words[0] = '\0';
    va_end(arguments);
}

bool text_number(const char *text, long most, long *number) {
    enum { LONGEST = 12 };
    size_t length = strlen(text);
    if (length == 0 || length > LONGEST || strspn(text, "0123456789") != length) return false;
    if (length > 1 && text[0] == '0') return false;
    long value = 0;
    for (const char *digit = text; *digit != '\0'; digit++) value = value * 10 + (*digit - '0');
    *number = value;
    return value <= most;
}

// strerrorname_np is younger than some C libraries that this is built with.
static const char *error_name(int error) {
    static const struct {
        int error;
        const char *name;
    } names[] = {
        {EACCES, "EACCES"}, {EAGAIN, "EAGAIN"}, {EBUSY, "EBUSY"},   {EDQUOT, "EDQUOT"}, {EEXIST, "EEXIST"},
        {EFBIG, "EFBIG"},   {EILSEQ, "EILSEQ"}, {EINVAL, "EINVAL"}, {EIO, "EIO"},       {EISDIR, "EISDIR"},
        {ELOOP, "ELOOP"},   {EMFILE, "EMFILE"}, {EMLINK, "EMLINK"}, {ENFILE, "ENFILE"}, {ENODEV, "ENODEV"},
        {ENOENT, "ENOENT"}, {ENOMEM, "ENOMEM"}, {ENOSPC, "ENOSPC"}, {ENOSYS, "ENOSYS"}, {ENOTDIR, "ENOTDIR"},
        {ENXIO, "ENXIO"},   {EPERM, "EPERM"},   {EROFS, "EROFS"},   {ESRCH, "ESRCH"},   {EOPNOTSUPP, "EOPNOTSUPP"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].error == error) return names[i].name;
    }
    return NULL;
}

void text_error(char words[WORDS_SIZE], int error) {
    const char *name = error_name(error);
    if (name == NULL) {
        text_words(words, "errno %d (%s)", error, strerror(error));
    } else {
        text_words(words, "%s (%s)", name, strerror(error));
    }
}
