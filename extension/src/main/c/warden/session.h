// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Serves one client over standard input and output until it is gone: docs/warden.md has the protocol.
#ifndef TAILGATE_SESSION_H
#define TAILGATE_SESSION_H

// The exit status: 0, 2 where the client was refused, 3 where a file could not be given back.
int session_serve(void);

#endif
