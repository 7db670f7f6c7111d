// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

#include "lease.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static bool lease_name(char name[NAME_SIZE], const char *id, int warden) {
    return text_format(name, NAME_SIZE, "%s.%d.lease", id, warden);
}

// Who the client is, for words; the lease holds without it, on a full disk, too.
static void sign(int descriptor, const char *client, off_t present_size) {
    if (present_size > 0 && ftruncate(descriptor, 0) != 0) return;
    if (write(descriptor, client, strlen(client)) < 0) return;
}

// To give back takes the lock, the folder and a file of it at once: a lease must not have the last descriptors.
static bool leaves_descriptors(int descriptor) {
    enum { SPARE = 4 };
    struct rlimit files;
    return getrlimit(RLIMIT_NOFILE, &files) != 0 || (rlim_t)descriptor + SPARE <= files.rlim_cur;
}

int lease_take(const struct state_directory *directory, const char *id, const char *client) {
    char name[NAME_SIZE];
    struct stat status;
    if (!lease_name(name, id, (int)getpid())) return -EFBIG;
    int descriptor = state_file_open(directory, name, O_RDWR | O_CREAT);
    if (descriptor == -ELOOP || descriptor == -EMLINK) {
        // no lease of ours is a link: put there by somebody, or left by a mishap
        (void)unlinkat(directory->folder, name, 0);
        descriptor = state_file_open(directory, name, O_RDWR | O_CREAT | O_EXCL);
    }
    if (descriptor < 0) return descriptor;
    int error = flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    if (error == 0 && (fstat(descriptor, &status) != 0 || status.st_nlink != 1)) error = EMLINK;
    if (error == 0 && !leaves_descriptors(descriptor)) {
        (void)unlinkat(directory->folder, name, 0);
        error = EMFILE;
    }
    if (error != 0) {
        close(descriptor);
        return -error;
    }
    sign(descriptor, client, status.st_size);
    return descriptor;
}

void lease_drop(const struct state_directory *directory, const char *id, int descriptor) {
    char name[NAME_SIZE];
    if (descriptor < 0) return;
    if (lease_name(name, id, (int)getpid())) (void)unlinkat(directory->folder, name, 0);
    close(descriptor);
}

void survey_user_words(const struct state_directory *directory, const char *id, int warden, char words[WORDS_SIZE]) {
    char name[NAME_SIZE];
    char client[NAME_SIZE];
    if (!lease_name(name, id, warden) || state_file_read(directory, name, client, sizeof client) <= 0) {
        text_words(words, "warden %d", warden);
        return;
    }
    client[strcspn(client, "\n")] = '\0';
    text_words(words, "warden %d for process %s", warden, client);
}
