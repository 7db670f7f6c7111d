/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.PagesRead;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The pages of mappings that are in memory, as {@code /proc/self/pagemap} tells them: those unmapped by automatic NUMA
 * balancing are among them.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/mm/pagemap.html">Examining Process Page Tables</a>
 */
final class PresentPages {

    private static final int AT_ONCE = ByteReader.MOST;

    private final Path pagemap;
    private final LibC libc;
    private final long pageSize;
    private final long[] addresses = new long[AT_ONCE];
    private final byte[] bytes = new byte[AT_ONCE * Long.BYTES];
    private final LongBuffer entries =
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();

    PresentPages(Path self, LibC libc) {
        this.pagemap = self.resolve("pagemap");
        this.libc = libc;
        this.pageSize = libc.getpagesize();
    }

    /** Has a byte of each read, until {@code mostNs} have passed. */
    PagesRead read(List<Mapping> mappings, long mostNs) {
        long start = System.nanoTime();
        long pages = 0;
        try (RandomAccessFile file = new RandomAccessFile(pagemap.toFile(), "r");
                ByteReader reader = libc.byteReader()) {
            for (Mapping mapping : mappings) {
                for (long at = mapping.start(); at < mapping.end(); at += AT_ONCE * pageSize) {
                    if (System.nanoTime() - start >= mostNs) {
                        return new PagesRead(pages, false);
                    }
                    pages += read(reader, present(file, at, mapping.end()));
                }
            }
        } catch (IOException e) {
            throw new MachineException("cannot read which pages are in memory from " + pagemap + ": " + e, e);
        }
        return new PagesRead(pages, true);
    }

    /** Notes the addresses of those from {@code start} on, as many as are looked at at once; returns how many. */
    private int present(RandomAccessFile file, long start, long end) throws IOException {
        int pages = (int) Math.min(AT_ONCE, (end - start) / pageSize);
        file.seek(start / pageSize * Long.BYTES);
        file.readFully(bytes, 0, pages * Long.BYTES);
        int present = 0;
        for (int page = 0; page < pages; page++) {
            if (entries.get(page) < 0) { // bit 63: present
                addresses[present++] = start + page * pageSize;
            }
        }
        return present;
    }

    /** Reads a byte at each of the addresses; passes over what is no longer there. */
    private int read(ByteReader reader, int present) {
        int read = 0;
        for (int at = 0; at < present; ) {
            int more = reader.read(addresses, at, present);
            read += more;
            at += more == 0 ? 1 : more; // where it stopped for another reason it goes on
        }
        return read;
    }
}
