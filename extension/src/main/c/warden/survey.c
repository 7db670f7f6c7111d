// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Looks through the state directory once, so that a thousand interrupts do not make a million looks.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lease.h"
#include "text.h"

// Removes the suffix; false where the name has another.
static bool cut_suffix(char *name, const char *suffix) {
    size_t length = strlen(name);
    size_t cut = strlen(suffix);
    if (length <= cut || strcmp(name + length - cut, suffix) != 0) return false;
    name[length - cut] = '\0';
    return true;
}

// True while the warden of a lease lives, and wherever that cannot be told: then nothing is undone.
static bool lease_is_alive(const struct state_directory *directory, bool tidy, const char *name) {
    int descriptor = state_file_open(directory, name, O_RDWR);
    if (descriptor == -ENOENT) return false;
    bool forged = descriptor == -ELOOP || descriptor == -EMLINK || descriptor == -EISDIR || descriptor == -ENXIO;
    if (descriptor < 0 && !forged) return true;
    bool alive = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    // while we have the lock of the directory nobody opens a lease in order to take it
    if (!alive && tidy) (void)unlinkat(directory->folder, name, 0);
    if (descriptor >= 0) close(descriptor);
    return alive;
}

static int add_lease(const struct state_directory *directory, bool tidy, struct survey *survey, const char *name,
                     char *stem) {
    struct setting_file file;
    long warden = 0;
    char *dot = strrchr(stem, '.');
    if (dot == NULL || !text_number(dot + 1, INT_MAX, &warden)) return 0;
    *dot = '\0';
    // what it does not know belongs to another version
    if (!setting_file_of_id(stem, &file) || !lease_is_alive(directory, tidy, name)) return 0;
    struct lease *larger = realloc(survey->leases, (survey->lease_count + 1) * sizeof *larger);
    if (larger == NULL) return -ENOMEM;
    survey->leases = larger;
    struct lease *lease = &larger[survey->lease_count++];
    memcpy(lease->id, file.id, sizeof lease->id);
    lease->warden = (int)warden;
    return 0;
}

static int add_journal(const struct state_directory *directory, struct survey *survey, const char *name,
                       const char *id) {
    struct setting_file file;
    struct stat status;
    if (!setting_file_of_id(id, &file)) return 0;
    if (fstatat(directory->folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return 0;
    struct journal_name *larger = realloc(survey->journals, (survey->journal_count + 1) * sizeof *larger);
    if (larger == NULL) return -ENOMEM;
    survey->journals = larger;
    struct journal_name *journal = &larger[survey->journal_count++];
    memcpy(journal->id, file.id, sizeof journal->id);
    journal->stored = status.st_mtim;
    return 0;
}

static int look_at(const struct state_directory *directory, bool tidy, struct survey *survey, const char *name) {
    char stem[NAME_SIZE];
    if (!text_format(stem, sizeof stem, "%s", name)) return 0;
    if (cut_suffix(stem, ".lease")) return add_lease(directory, tidy, survey, name, stem);
    if (cut_suffix(stem, ".journal")) return add_journal(directory, survey, name, stem);
    // of a warden that was killed before it had changed anything
    if (tidy && cut_suffix(stem, ".journal.new")) (void)unlinkat(directory->folder, name, 0);
    return 0;
}

static int newest_first(const void *one, const void *other) {
    const struct timespec *left = &((const struct journal_name *)one)->stored;
    const struct timespec *right = &((const struct journal_name *)other)->stored;
    if (left->tv_sec != right->tv_sec) return left->tv_sec < right->tv_sec ? 1 : -1;
    return (left->tv_nsec < right->tv_nsec) - (left->tv_nsec > right->tv_nsec);
}

int survey_take(const struct state_directory *directory, bool tidy, struct survey *survey) {
    *survey = (struct survey){NULL, 0, NULL, 0};
    int again = openat(directory->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    if (folder == NULL) {
        int error = errno;
        if (again >= 0) close(again);
        return -error;
    }
    int error = 0;
    errno = 0;
    for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL; errno = 0) {
        error = look_at(directory, tidy, survey, entry->d_name);
    }
    if (error == 0) error = -errno;
    closedir(folder);
    if (survey->journal_count > 0) {
        qsort(survey->journals, survey->journal_count, sizeof survey->journals[0], newest_first);
    }
    if (error != 0) survey_free(survey);
    return error;
}

void survey_free(struct survey *survey) {
    free(survey->leases);
    free(survey->journals);
    *survey = (struct survey){NULL, 0, NULL, 0};
}

int survey_other_user(const struct survey *survey, const char *id) {
    for (size_t i = 0; i < survey->lease_count; i++) {
        const struct lease *lease = &survey->leases[i];
        if (lease->warden != getpid() && strcmp(lease->id, id) == 0) return lease->warden;
    }
    return 0;
}

bool survey_is_used(const struct survey *survey, const char *id) {
    for (size_t i = 0; i < survey->lease_count; i++) {
        if (strcmp(survey->leases[i].id, id) == 0) return true;
    }
    return false;
}
