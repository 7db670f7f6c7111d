// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// The lock between wardens: held while one of them looks at journals and leases and changes settings, never longer.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "fault_point.h"
#include "holder.h"
#include "state_directory.h"
#include "text.h"

enum { LONGEST_WAIT_MS = 5000, SLICE_S = 1, OWNER_SIZE = 11 };

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

// One attempt: 0, -EWOULDBLOCK where another has it, -EINTR after a slice, -ESTALE where the file was replaced meanwhile,
// or another -errno.
static int attempt(struct state_directory *directory, int operation) {
    int file = state_file_open(directory, lock_name, O_RDWR | O_CREAT);
    if (file < 0) return file;
    int error = flock(file, operation) == 0 ? 0 : errno;
    if (error == 0 && !is_still_there(directory, file)) error = ESTALE;
    if (error != 0) {
        close(file);
        return -error;
    }
    directory->lock = file;
    say_who_has_it(file);
    return 0;
}

static void end_of_slice(int number) { (void)number; }

// Ends each wait in a system call, again and again: a single signal could come just before the call.
static void slices(bool on) {
    const struct itimerval every = {{on ? SLICE_S : 0, 0}, {on ? SLICE_S : 0, 0}};
    struct sigaction action = {.sa_handler = on ? end_of_slice : SIG_IGN};  // without SA_RESTART
    if (on) (void)sigaction(SIGALRM, &action, NULL);
    (void)setitimer(ITIMER_REAL, &every, NULL);
    if (!on) (void)sigaction(SIGALRM, &action, NULL);
}

// Who has it, as far as is known: for words only.
static void read_owner(const struct state_directory *directory, char owner[2 * OWNER_SIZE]) {
    if (state_file_read(directory, lock_name, owner, 2 * OWNER_SIZE) <= 0) owner[0] = '\0';
    owner[strcspn(owner, " \n")] = '\0';
}

static void say_late(const struct state_directory *directory, const char *owner, bool same, char words[WORDS_SIZE]) {
    if (same) {
        text_words(words, "warden %s has had the lock of %s for more than %d s: it is stopped or hangs; continue or kill it",
                   owner, directory->path, LONGEST_WAIT_MS / 1000);
    } else {
        text_words(words, "many wardens take turns at the lock of %s, and this one had none for %d s; try again",
                   directory->path, LONGEST_WAIT_MS / 1000);
    }
}

// Queues in the kernel like everybody else, in slices in order to notice the end of the client, of the folder and of
// patience. After a slice it is the last in the line, so that a slice is long. 0, or -errno; words only where it is late or the client is gone.
static int wait_in_line(struct state_directory *directory, struct holder *holder, char words[WORDS_SIZE]) {
    char first[2 * OWNER_SIZE];
    char owner[2 * OWNER_SIZE];
    bool same = true;
    long deadline = now_ms() + LONGEST_WAIT_MS;
    int error;
    read_owner(directory, first);
    while ((error = attempt(directory, LOCK_EX)) == -EINTR || error == -ESTALE) {
        if (state_directory_is_gone(directory)) return error;
        read_owner(directory, owner);
        same = same && strcmp(owner, first) == 0;
        if (now_ms() > deadline) {
            say_late(directory, owner, same, words);
            return error;
        }
        if (holder != NULL) holder_sleep(holder, 0);
        if (holder != NULL && holder->gone) {
            text_words(words, "the client is gone");
            return -ECANCELED;
        }
    }
    return error;
}

int state_directory_lock(struct state_directory *directory, struct holder *holder, char words[WORDS_SIZE]) {
    char name[WORDS_SIZE];
    words[0] = '\0';
    int error = attempt(directory, LOCK_EX | LOCK_NB);
    if (error == -EWOULDBLOCK || error == -ESTALE) {
        slices(true);
        error = wait_in_line(directory, holder, words);
        slices(false);
    }
    if (error == 0) fault_point("locked");
    if (error == 0 || words[0] != '\0') return error;
    text_error(name, -error);
    text_words(words, "cannot lock %s/%s: %s%s", directory->path, lock_name, name,
               state_directory_is_gone(directory) ? ": the folder was removed while this warden was using it" : "");
    return error;
}

int state_directory_lock_at_last(struct state_directory *directory) {
    int error;
    do {
        error = attempt(directory, LOCK_EX);
    } while (error == -EINTR || (error == -ESTALE && !state_directory_is_gone(directory)));
    return error;
}

void state_directory_unlock(struct state_directory *directory) {
    // nobody inherits it: the warden never forks
    if (directory->lock >= 0) close(directory->lock);
    directory->lock = -1;
}
