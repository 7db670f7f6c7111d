// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// The one exception of this library: a status of the C ABI and the sentence that tg_last_error() hands out.

#pragma once

#include <cstring>
#include <stdexcept>
#include <string>

#include "../include/tailgate_kernels.h"

namespace tailgate {

class StatusError : public std::runtime_error {
  public:
    StatusError(tg_status status, const std::string& message) : std::runtime_error(message), status_(status) {}

    tg_status status() const { return status_; }

  private:
    tg_status status_;
};

/// The sentence for a system call that failed with `error`.
inline StatusError system_error(const std::string& call, int error) {
    char text[128];
    // GNU strerror_r: returns the text, which need not be in the buffer.
    return StatusError(
        TG_SYSTEM, call + " failed: " + strerror_r(error, text, sizeof text) + " (errno " + std::to_string(error) + ")");
}

}  // namespace tailgate
