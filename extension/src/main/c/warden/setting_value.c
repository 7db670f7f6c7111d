// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "setting_value.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system_paths.h"
#include "text.h"

enum { LARGEST_TEXT = 1024 };

static ssize_t read_text(const struct setting_file *file, char text[LARGEST_TEXT]) {
    char path[PATH_SIZE];
    if (!setting_file_path(file, path)) return -ENAMETOOLONG;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return -errno;
    size_t length = 0;
    while (length < LARGEST_TEXT) {
        ssize_t more = read(descriptor, text + length, LARGEST_TEXT - length);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) {
            int error = errno;
            close(descriptor);
            return -error;
        }
        if (more == 0) break;
        length += (size_t)more;
    }
    close(descriptor);
    return length < LARGEST_TEXT ? (ssize_t)length : -EFBIG;
}

// Of "always [madvise] never" the word in brackets, of a single line the line; NULL for anything else.
static char *select_value(char *text, bool choice) {
    text[strcspn(text, "\n")] = '\0';
    char *opening = choice ? strchr(text, '[') : NULL;
    if (opening == NULL) return text;
    char *closing = strchr(opening, ']');
    if (closing == NULL) return NULL;
    *closing = '\0';
    return opening + 1;
}

int setting_value_read(const struct setting_file *file, char value[VALUE_SIZE]) {
    char text[LARGEST_TEXT];
    value[0] = '\0';
    ssize_t length = read_text(file, text);
    if (length < 0) return (int)length;
    text[length] = '\0';
    if (memchr(text, '\0', (size_t)length) != NULL) return -EILSEQ;
    const char *selected = select_value(text, file->setting->form == CHOICE);
    if (selected == NULL) return -EILSEQ;
    if (!text_format(value, VALUE_SIZE, "%s", selected)) return -EFBIG;
    return setting_value_is_sound(file->setting, value) ? 0 : -EILSEQ;
}

bool setting_value_is_sound(const struct setting *setting, const char *value) {
    long number = 0;
    struct cpu_list cpus;
    size_t length = strlen(value);
    if (length == 0 || length >= VALUE_SIZE) return false;
    switch (setting->form) {
        case NUMBER: return text_number(value, setting->most, &number);
        case CHOICE: return strspn(value, "abcdefghijklmnopqrstuvwxyz+_") == length;
        case WORD: return strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
        case CPUS: return cpu_list_parse(value, &cpus);
    }
    return false;
}

static size_t padded(const char *value, char line[LARGEST_TEXT], int descriptor) {
    size_t length = strlen(value);
    memcpy(line, value, length);
    line[length++] = '\n';
#ifdef TAILGATE_CHAOS
    // The file of a fake tree keeps what is not overwritten, and truncating it first could be interrupted by a kill.
    struct stat status;
    if (system_is_fake() && fstat(descriptor, &status) == 0) {
        while (length < LARGEST_TEXT && (off_t)length < status.st_size) line[length++] = '\n';
    }
#else
    (void)descriptor;
#endif
    return length;
}

int setting_value_write(const struct setting_file *file, const char *value) {
    char path[PATH_SIZE];
    char line[LARGEST_TEXT];
    if (!setting_value_is_sound(file->setting, value)) return -EILSEQ;
    if (!setting_file_path(file, path)) return -ENAMETOOLONG;
    int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return -errno;
    size_t length = padded(value, line, descriptor);
    ssize_t written;
    do {
        written = write(descriptor, line, length);
    } while (written < 0 && errno == EINTR);
    int error = written < 0 ? errno : (size_t)written == length ? 0 : EIO;
    close(descriptor);
    return -error;
}

int setting_value_wanted(const struct setting_file *file, const struct cpu_list *cpus, const char *present,
                         char wanted[VALUE_SIZE]) {
    if (file->setting->form != CPUS) {
        int driver = file->setting->files == ONE_OF_EACH_DRIVER ? file->number : 0;
        return text_format(wanted, VALUE_SIZE, "%s", file->setting->file[driver].wanted) ? 0 : -EFBIG;
    }
    struct cpu_list left;
    if (!cpu_list_parse(present, &left)) return -EILSEQ;
    // untouched, the text stays as the kernel wrote it
    if (!cpu_list_overlaps(&left, cpus)) return text_format(wanted, VALUE_SIZE, "%s", present) ? 0 : -EFBIG;
    cpu_list_remove(&left, cpus);
    if (cpu_list_is_empty(&left)) return -EDOM;
    return cpu_list_format(&left, wanted, VALUE_SIZE) ? 0 : -EFBIG;
}

static const char fixed_interrupt[] = ": the kernel or its driver does not let this interrupt be moved";
static const char root_without_rights[] = ": root without CAP_SYS_ADMIN, as in a container, or locked by the kernel";

void setting_value_words(const struct setting_file *file, const char *verb, int error, char words[WORDS_SIZE]) {
    char path[PATH_SIZE];
    char name[WORDS_SIZE];
    const char *why = "";
    bool interrupt = file->setting->form == CPUS;
    if (!setting_file_path(file, path)) path[0] = '\0';
    if (error == ENOENT) {
        text_words(words, "this machine has no %s", path);
        return;
    }
    if (error == EDOM) {
        text_words(words, "%s cannot do without these CPUs: it has no others", path);
        return;
    }
    text_error(name, error);
    switch (error) {
        case EACCES: why = ": not root, or the kernel offers it read-only"; break;
        case EFBIG: why = ": its text is longer than this warden takes"; break;
        case EILSEQ: why = ": its value is none that this warden could write back"; break;
        case EIO: why = interrupt ? fixed_interrupt : ""; break;
        case EPERM: why = interrupt ? fixed_interrupt : root_without_rights; break;
        case EROFS: why = ": it is mounted read-only"; break;
        default: break;
    }
    text_words(words, "cannot %s %s: %s%s", verb, path, name, why);
}
