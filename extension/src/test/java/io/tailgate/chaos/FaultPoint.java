/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.Locale;

/** A place at which a warden can be stopped, in the order in which it comes by. */
enum FaultPoint {
    STARTED,
    LOCKED,
    RECOVERED,
    JOURNAL_WRITTEN,
    JOURNAL_SYNCED,
    JOURNAL_RENAMED,
    SETTING_WRITTEN,
    SETTING_READ_BACK,
    HELD,
    RELEASE_LOCKED,
    SETTING_RESTORED,
    JOURNAL_REMOVED;

    String wardenName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isInRelease() {
        return compareTo(HELD) > 0;
    }

    /** Whether a warden that is stopped here leaves the setting at the value that it wants. */
    boolean leavesItChanged() {
        return compareTo(SETTING_WRITTEN) >= 0 && compareTo(RELEASE_LOCKED) <= 0;
    }
}
