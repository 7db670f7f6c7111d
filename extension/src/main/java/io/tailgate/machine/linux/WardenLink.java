/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes from and to one warden. */
interface WardenLink extends Closeable {

    /** Returns what to call the warden in words, as long as it has not said its process number. */
    default String name() {
        return "the warden";
    }

    InputStream replies();

    OutputStream requests();

    /** Returns what the warden said outside the protocol before it ended, or an empty text. */
    String lastWords();

    /** Lets go of the warden, which then restores and ends; kills it where it does not even listen any more. */
    @Override
    void close();
}
