// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault_point.h"
#include "setting_value.h"
#include "system_paths.h"
#include "text.h"

enum { JOURNAL_SIZE = 1024 };

static const char title[] = "tailgate-journal ";
static const char version[] = "1";

static uint32_t crc32(const char *text, size_t length) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)text[i];
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (UINT32_C(0xedb88320) & -(crc & 1));
    }
    return ~crc;
}

static bool format(const char *id, const struct journal *journal, const char *boot, char text[JOURNAL_SIZE]) {
    char body[JOURNAL_SIZE];
    return text_format(body, sizeof body, "%s%s\nid %s\nbefore %s\nours %s\nboot %s\n", title, version, id,
                       journal->before, journal->ours, boot) &&
           text_format(text, JOURNAL_SIZE, "%scrc32 %08x\n", body, crc32(body, strlen(body)));
}

// Takes the fields out; that the rest is right, to the byte, shows when they are formatted again.
static bool parse(const char *text, size_t length, const struct setting_file *file, struct journal *journal,
                  char boot[BOOT_SIZE]) {
    char id[ID_SIZE];
    char again[JOURNAL_SIZE];
    _Static_assert(ID_SIZE == 32 && VALUE_SIZE == 201 && BOOT_SIZE == 37, "the widths below are one less");
    int fields = sscanf(text, "tailgate-journal 1\nid %31[^\n]\nbefore %200[^\n]\nours %200[^\n]\nboot %36[^\n]\n", id,
                        journal->before, journal->ours, boot);
    return fields == 4 && strcmp(id, file->id) == 0 && format(id, journal, boot, again) && strlen(again) == length &&
           memcmp(again, text, length) == 0 && setting_value_is_sound(file->setting, journal->before) &&
           setting_value_is_sound(file->setting, journal->ours);
}

// Every version ends with the sum of what is before it: a damaged version number is no other version.
static bool is_of_another_version(const char *text) {
    char number[8];
    char sum[32];
    long other = 0;
    const char *last = strstr(text, "\ncrc32 ");
    if (last == NULL || !text_format(sum, sizeof sum, "\ncrc32 %08x\n", crc32(text, (size_t)(last + 1 - text))) ||
        strcmp(last, sum) != 0) {
        return false;
    }
    if (strncmp(text, title, strlen(title)) != 0) return false;
    size_t digits = strspn(text + strlen(title), "0123456789");
    return text[strlen(title) + digits] == '\n' &&
           text_format(number, sizeof number, "%.*s", (int)digits, text + strlen(title)) &&
           text_number(number, 9999, &other) && strcmp(number, version) != 0;
}

static enum journal_state why_not_read(int error, char words[WORDS_SIZE]) {
    char name[WORDS_SIZE];
    text_error(name, error);
    text_words(words, "its journal cannot be read: %s", name);
    switch (error) {
        case ENOENT: return JOURNAL_NONE;
        case EFBIG:
        case EISDIR:
        case ELOOP:
        case EMLINK:
        case ENXIO: text_words(words, "its journal is no plain file of this user alone: %s", name); return JOURNAL_DAMAGED;
        default: return JOURNAL_UNREADABLE;
    }
}

enum journal_state journal_load(const struct state_directory *directory, const struct setting_file *file,
                                struct journal *journal, char words[WORDS_SIZE]) {
    char name[NAME_SIZE];
    char text[JOURNAL_SIZE];
    char boot[BOOT_SIZE];
    char present_boot[BOOT_SIZE];
    words[0] = '\0';
    if (!text_format(name, sizeof name, "%s.journal", file->id)) return JOURNAL_NONE;
    ssize_t length = state_file_read(directory, name, text, sizeof text);
    if (length < 0) return why_not_read((int)-length, words);
    if (is_of_another_version(text)) {
        text_words(words, "its journal is another Tailgate version's: run that version's tailgate-warden restore");
        return JOURNAL_OF_ANOTHER_VERSION;
    }
    if (!parse(text, (size_t)length, file, journal, boot)) {
        text_words(words, "its journal is damaged, so that nobody knows what the value was");
        return JOURNAL_DAMAGED;
    }
    if (!system_boot(present_boot)) {
        text_words(words, "cannot read the kernel's boot id");
        return JOURNAL_UNREADABLE;
    }
    if (strcmp(boot, present_boot) == 0) return JOURNAL_VALID;
    text_words(words, "its journal is from before this boot, which reset the value");
    return JOURNAL_OF_ANOTHER_BOOT;
}

static int write_synced(int file, const char *text) {
    size_t length = strlen(text);
    ssize_t written = write(file, text, length);
    if (written < 0) return -errno;
    if ((size_t)written != length) return -ENOSPC;
    fault_point("journal_written");
    if (fsync(file) != 0) return -errno;
    fault_point("journal_synced");
    return 0;
}

int journal_store(const struct state_directory *directory, const struct setting_file *file,
                  const struct journal *journal) {
    char name[NAME_SIZE];
    char new_name[NAME_SIZE];
    char text[JOURNAL_SIZE];
    char boot[BOOT_SIZE];
    if (!system_boot(boot)) return -ENODEV;
    if (!format(file->id, journal, boot, text) || !text_format(name, sizeof name, "%s.journal", file->id) ||
        !text_format(new_name, sizeof new_name, "%s.journal.new", file->id)) {
        return -EFBIG;
    }
    (void)unlinkat(directory->folder, new_name, 0);  // of a warden that was killed while writing it
    int descriptor = state_file_open(directory, new_name, O_WRONLY | O_CREAT | O_EXCL);
    if (descriptor < 0) return descriptor;
    int error = write_synced(descriptor, text);
    close(descriptor);
    if (error == 0 && renameat(directory->folder, new_name, directory->folder, name) != 0) error = -errno;
    if (error == 0) error = state_directory_sync(directory);
    if (error == 0) {
        fault_point("journal_renamed");
        return 0;
    }
    (void)unlinkat(directory->folder, new_name, 0);
    (void)unlinkat(directory->folder, name, 0);
    return error;
}

int journal_remove(const struct state_directory *directory, const struct setting_file *file) {
    char name[NAME_SIZE];
    if (!text_format(name, sizeof name, "%s.journal", file->id)) return -EFBIG;
    // Not synced: a name that a power cut brings back is of another boot.
    if (unlinkat(directory->folder, name, 0) != 0 && errno != ENOENT) return -errno;
    fault_point("journal_removed");
    return 0;
}

int journal_reject(const struct state_directory *directory, const struct setting_file *file) {
    char name[NAME_SIZE];
    char aside[NAME_SIZE];
    if (!text_format(name, sizeof name, "%s.journal", file->id) ||
        !text_format(aside, sizeof aside, "%s.journal.rejected", file->id)) {
        return -EFBIG;
    }
    return renameat(directory->folder, name, directory->folder, aside) == 0 ? 0 : -errno;
}
