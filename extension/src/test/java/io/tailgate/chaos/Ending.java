/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** How a fault ended well; every other end is a violation. */
enum Ending {
    RESTORED_BY_ITS_WARDEN("without help"),
    RESTORED_BY_REPLACEMENT("by the replacing warden"),
    RESTORED_BY_NEXT_START("by the next start"),
    RESTORED_BY_COMMAND("by `restore`"),
    FOREIGN_VALUE_LEFT("foreign value left alone"),
    NOTHING_WRITTEN("nothing written");

    final String words;

    Ending(String words) {
        this.words = words;
    }

    boolean isRestored() {
        return compareTo(RESTORED_BY_COMMAND) <= 0;
    }
}
