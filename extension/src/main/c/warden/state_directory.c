// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "state_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system_paths.h"
#include "text.h"

static int check_folder(const struct state_directory *directory, char words[WORDS_SIZE]) {
    struct stat status;
    if (fstat(directory->folder, &status) != 0) {
        int error = errno;
        text_error(words, error);
        return -error;
    }
    if (status.st_uid != geteuid()) {
        text_words(words, "%s belongs to user %u and not to user %u; remove it", directory->path,
                   (unsigned)status.st_uid, (unsigned)geteuid());
        return -EPERM;
    }
    if ((status.st_mode & 07777) != 0700) {
        text_words(words, "%s has mode %04o instead of 0700: others could forge what is restored; remove it",
                   directory->path, (unsigned)status.st_mode & 07777U);
        return -EPERM;
    }
    return 0;
}

int state_directory_open(struct state_directory *directory, bool create, char words[WORDS_SIZE]) {
    char name[WORDS_SIZE];
    directory->folder = -1;
    directory->lock = -1;
    if (!state_directory_path(directory->path)) {
        text_words(words, "the path of the state directory is too long");
        return -ENAMETOOLONG;
    }
    bool made = !create || mkdir(directory->path, 0700) == 0 || errno == EEXIST;
    int error = made ? 0 : errno;
    directory->folder = open(directory->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory->folder < 0) {
        if (error == 0) error = errno;
        text_error(name, error);
        bool odd = error == ELOOP || error == ENOTDIR;
        text_words(words, "cannot open %s: %s%s", directory->path, name,
                   odd ? ": a link or a file where a folder belongs; remove it" : "");
        return -error;
    }
    error = check_folder(directory, words);
    if (error != 0) state_directory_close(directory);
    return error;
}

void state_directory_close(struct state_directory *directory) {
    state_directory_unlock(directory);
    if (directory->folder >= 0) close(directory->folder);
    directory->folder = -1;
}

bool state_directory_is_gone(const struct state_directory *directory) {
    struct stat opened;
    struct stat present;
    if (fstat(directory->folder, &opened) != 0 || lstat(directory->path, &present) != 0) return true;
    return opened.st_ino != present.st_ino || opened.st_dev != present.st_dev;
}

int state_directory_sync(const struct state_directory *directory) {
    return fsync(directory->folder) == 0 ? 0 : -errno;
}

int state_file_open(const struct state_directory *directory, const char *name, int flags) {
    struct stat status;
    // without O_NONBLOCK a fifo of that name would stop the warden for ever
    int file = openat(directory->folder, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
    if (file < 0) return -errno;
    int error = fstat(file, &status) == 0 ? 0 : errno;
    if (error == 0 && (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 0077) != 0)) {
        error = EMLINK;
    }
    // a name that was just removed by another warden has none left: its opener looks again
    if (error == 0 && status.st_nlink > 1) error = EMLINK;
    if (error == 0) return file;
    close(file);
    return -error;
}

ssize_t state_file_read(const struct state_directory *directory, const char *name, char *text, size_t size) {
    int file = state_file_open(directory, name, O_RDONLY);
    if (file < 0) return file;
    size_t length = 0;
    int error = 0;
    while (length < size) {
        ssize_t more = read(file, text + length, size - length);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) error = errno;
        if (more <= 0) break;
        length += (size_t)more;
    }
    close(file);
    if (error != 0) return -error;
    if (length == size) return -EFBIG;
    text[length] = '\0';
    return (ssize_t)length;
}
