// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The lock between wardens: held while one of them looks at journals and leases and changes settings, never longer.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fault_point.h"
#include "holder.h"
#include "state_directory.h"
#include "text.h"

enum { LONGEST_WAIT_MS = 5000, POLL_MS = 2, OWNER_SIZE = 11 };

static const char lock_name[] = "lock";

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// A lock on a file that was removed meanwhile locks out nobody.
static bool is_still_there(const struct state_directory *directory, int file) {
    struct stat locked;
    struct stat named;
    if (fstat(file, &locked) != 0) return false;
    if (fstatat(directory->folder, lock_name, &named, AT_SYMLINK_NOFOLLOW) != 0) return false;
    return locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

// Only for words. Always of the same length: to truncate a file can take as long as a write to the disk.
static void say_who_has_it(int file) {
    char owner[OWNER_SIZE];
    char present[OWNER_SIZE] = "";
    if (!text_format(owner, sizeof owner, "%-10d", (int)getpid())) return;
    if (pread(file, present, sizeof owner - 1, 0) > 0 && memcmp(present, owner, sizeof owner) == 0) return;
    // a full disk must not keep anybody from restoring
    if (pwrite(file, owner, sizeof owner - 1, 0) < 0) return;
}

// One attempt: 0, -EWOULDBLOCK where another has it, -ESTALE where the file was replaced meanwhile, or another -errno.
static int attempt(struct state_directory *directory, int operation) {
    int file = state_file_open(directory, lock_name, O_RDWR | O_CREAT);
    if (file < 0) return file;
    int error = 0;
    while (flock(file, operation) != 0) {
        if (errno == EINTR) continue;
        error = errno;
        break;
    }
    if (error == 0 && !is_still_there(directory, file)) error = ESTALE;
    if (error != 0) {
        close(file);
        return -error;
    }
    directory->lock = file;
    say_who_has_it(file);
    return 0;
}

static void name_owner(const struct state_directory *directory, char words[WORDS_SIZE]) {
    char owner[2 * OWNER_SIZE];
    if (state_file_read(directory, lock_name, owner, sizeof owner) <= 0) owner[0] = '\0';
    owner[strcspn(owner, " \n")] = '\0';
    text_words(words, "warden %s has had the lock of %s for more than %d s: it is stopped or hangs; continue or kill it",
               owner, directory->path, LONGEST_WAIT_MS / 1000);
}

static void pause_or_end(struct holder *holder) {
    const struct timespec pause = {0, POLL_MS * 1000000L};
    if (holder == NULL) {
        nanosleep(&pause, NULL);
    } else {
        holder_sleep(holder, POLL_MS);
    }
}

int state_directory_lock(struct state_directory *directory, struct holder *holder, char words[WORDS_SIZE]) {
    char name[WORDS_SIZE];
    long deadline = now_ms() + LONGEST_WAIT_MS;
    int error;
    while ((error = attempt(directory, LOCK_EX | LOCK_NB)) == -EWOULDBLOCK || error == -ESTALE) {
        if (state_directory_is_gone(directory)) break;
        if (now_ms() > deadline) {
            name_owner(directory, words);
            return error;
        }
        pause_or_end(holder);
        if (holder != NULL && holder->gone) {
            text_words(words, "the client is gone");
            return -ECANCELED;
        }
    }
    if (error == 0) {
        fault_point("locked");
        return 0;
    }
    text_error(name, -error);
    text_words(words, "cannot lock %s/%s: %s%s", directory->path, lock_name, name,
               state_directory_is_gone(directory) ? ": the folder was removed while this warden was using it" : "");
    return error;
}

int state_directory_lock_at_last(struct state_directory *directory) {
    int error;
    do {
        error = attempt(directory, LOCK_EX);
    } while (error == -ESTALE && !state_directory_is_gone(directory));
    return error;
}

void state_directory_unlock(struct state_directory *directory) {
    // nobody inherits it: the warden never forks
    if (directory->lock >= 0) close(directory->lock);
    directory->lock = -1;
}
