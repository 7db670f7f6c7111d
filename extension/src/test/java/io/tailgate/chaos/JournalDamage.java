/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** What makes a good journal one that nothing may be written from. */
enum JournalDamage {
    CORRUPT {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            byte[] bytes = Files.readAllBytes(journal);
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(5)); // the sixth bit is the case of a letter
            Files.write(journal, bytes);
        }
    },
    ANOTHER_VALUE {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            String text = JournalText.read(journal); // one that it could have read, and only the checksum knows better
            int at = text.indexOf("before ") + "before ".length();
            char digit = (char) ('1' + (text.charAt(at) - '0') % 3);
            Files.writeString(journal, text.substring(0, at) + digit + text.substring(at + 1));
        }
    },
    TRUNCATED {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            byte[] bytes = Files.readAllBytes(journal);
            Files.write(journal, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1)));
        }
    },
    EMPTY {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            Files.write(journal, new byte[0]);
        }
    },
    HUGE {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            byte[] bytes = Files.readAllBytes(journal);
            Files.write(journal, Arrays.copyOf(bytes, 8 << 20));
        }
    },
    GARBAGE {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            byte[] bytes = new byte[1 + random.nextInt(4_096)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(256);
            }
            Files.write(journal, bytes);
        }
    },
    TWICE {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            String text = JournalText.read(journal);
            Files.writeString(journal, text + text);
        }
    },
    FOREIGN_BOOT {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            JournalText.rewrite(journal, "boot", "00000000-1111-2222-3333-444444444444");
        }
    },
    WRONG_VERSION {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            JournalText.rewrite(journal, "tailgate-journal", Integer.toString(2 + random.nextInt(98)));
        }
    },
    OF_ANOTHER_SETTING {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            JournalText.rewrite(journal, "id", "timer_migration");
        }
    },
    HARD_LINKED {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            Files.createLink(besides(journal), journal);
        }
    },
    SYMLINKED {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            Files.move(journal, besides(journal));
            Files.createSymbolicLink(journal, besides(journal));
        }
    },
    A_DIRECTORY {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            Files.delete(journal);
            Files.createDirectory(journal);
        }
    },
    WORLD_WRITABLE {
        @Override
        void inflict(Path journal, SplittableRandom random) throws IOException {
            Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
    };

    abstract void inflict(Path journal, SplittableRandom random) throws IOException;

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Outside of the state directory. */
    static Path besides(Path journal) {
        return journal.resolveSibling("../besides.journal");
    }
}
