// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// tailgate-warden: changes kernel settings for one client, and gives them back when the client ends, however it ends.
//
//   tailgate-warden           serves the client at the other end of standard input and output
//   tailgate-warden restore   restores what dead wardens left
//   tailgate-warden status    says who holds what

#include <stdio.h>
#include <string.h>

#include "administrator.h"
#include "session.h"

enum { WRONG_USE = 64 };

int main(int count, char **arguments) {
    if (count <= 1) return session_serve();
    if (count == 2 && strcmp(arguments[1], "restore") == 0) return administrator_restore();
    if (count == 2 && strcmp(arguments[1], "status") == 0) return administrator_status();
    fprintf(stderr, "usage: tailgate-warden [restore | status]\n");
    return WRONG_USE;
}
