// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "fault_point.h"

#ifdef TAILGATE_CHAOS
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fault_point(const char *point) {
    static bool stopped;
    const char *wanted = getenv("TAILGATE_STOP_AT");
    const char *fifo = getenv("TAILGATE_STOP_FIFO");
    if (stopped || wanted == NULL || strcmp(wanted, point) != 0) return;
    stopped = true;
    int told = fifo == NULL ? -1 : open(fifo, O_WRONLY | O_CLOEXEC);
    if (told >= 0) {
        (void)dprintf(told, "%d %s\n", (int)getpid(), point);
        close(told);
    }
    raise(SIGSTOP);
}
#endif
