// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "expect.h"

namespace tailgate::test {

/// Runs `body`, with its expectations, in a child of fork(); one that hangs is ended by the alarm and is a failure.
template <typename Body>
void in_child(const std::string& of, Body body) {
    constexpr unsigned kPatienceSeconds = 120;
    if (std::getenv("TAILGATE_EMULATED") != nullptr) {  // QEMU's user mode fails to fork a process with threads
        std::printf("not tested under emulation: %s\n", of.c_str());
        return;
    }
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        failures = 0;
        alarm(kPatienceSeconds);
        body();
        std::fflush(stdout);
        _exit(failures == 0 ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    expect(status == 0, of + ": a child that ends with 0, found wait status " + std::to_string(status));
}

}  // namespace tailgate::test
