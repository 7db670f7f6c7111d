// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What an administrator, or the last step of a CI job, can ask for.
#ifndef TAILGATE_ADMINISTRATOR_H
#define TAILGATE_ADMINISTRATOR_H

// Restores everything that no living warden holds, and says who holds the rest. 0, or 1 where something is not clean.
int administrator_restore(void);

// Says who holds what, and what would be restored; changes nothing. 0, or 1 where that cannot be told.
int administrator_status(void);

#endif
