// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Sizes of every text in the warden. Values and ids that do not fit are refused, never cut off.
#ifndef TAILGATE_LIMITS_H
#define TAILGATE_LIMITS_H

enum {
    ID_SIZE = 32,
    VALUE_SIZE = 201,
    WORDS_SIZE = 256,
    LINE_SIZE = 513,  // protocol: at most 512 bytes, the newline among them
    PATH_SIZE = 512,
    NAME_SIZE = 96,   // of a file in the state directory
    BOOT_SIZE = 37,
};

#endif
