// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// What the next warden makes of what a dead one left: good journals, bad journals, leases of nobody.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

static size_t read_journal(char text[TEXT_SIZE]) {
    int file = open(tree_path(JOURNAL), O_RDONLY | O_CLOEXEC);
    ssize_t length = read(file, text, TEXT_SIZE - 1);
    close(file);
    REQUIRE(length > 0);
    text[length] = '\0';
    return (size_t)length;
}

static void write_journal(const char *text, size_t length) {
    int file = open(tree_path(JOURNAL), O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(write(file, text, length) == (ssize_t)length);
    close(file);
}

static uint32_t crc32(const char *text, size_t length) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)text[i];
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320U & -(crc & 1));
    }
    return ~crc;
}

// Replaces a line's beginning and makes the sum right again, as a forger or another version would.
static void forge(const char *from, const char *to) {
    char text[TEXT_SIZE];
    char forged[2 * TEXT_SIZE];
    (void)read_journal(text);
    *strstr(text, "crc32 ") = '\0';
    char *place = strstr(text, from);
    REQUIRE(place != NULL);
    *place = '\0';
    int length = snprintf(forged, sizeof forged, "%s%s%s", text, to, place + strlen(from));
    length += snprintf(forged + length, sizeof forged - (size_t)length, "crc32 %08x\n", crc32(forged, (size_t)length));
    write_journal(forged, (size_t)length);
}

// No warden and no restore writes the setting; what they say begins with these words.
static void nothing_is_written(const char *answer) {
    char output[TEXT_SIZE];
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, answer);
    warden_expect(&warden, "end\n");
    REQUIRE(warden_end(&warden) == 0);
    (void)warden_command("restore", output);
    tree_expect(NUMA, "0");
    tree_remove_all(STATE);
    tree_put(NUMA, "1\n");
}

static void a_good_journal_is_restored(void) {
    leave_a_journal();
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

static void a_hold_of_another_setting_restores_it_too(void) {
    leave_a_journal();
    struct warden warden = warden_ready();
    warden_say(&warden, "hold turbo");
    warden_expect(&warden, "absent turbo *\nend\n");
    tree_expect(NUMA, "1");
    REQUIRE(warden_end(&warden) == 0);
}

static void what_was_changed_since_is_left_alone(void) {
    leave_a_journal();
    tree_put(NUMA, "2\n");
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 2 0\nend\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "2");
}

static void a_journal_of_another_boot_is_dropped(void) {
    leave_a_journal();
    tree_put("/proc/sys/kernel/random/boot_id", "00000000-1111-2222-3333-444444444444\n");
    nothing_is_written("kept numa_balancing 0\n");
}

static void every_flipped_bit_is_noticed(void) {
    char good[TEXT_SIZE];
    leave_a_journal();
    size_t length = read_journal(good);
    for (size_t i = 0; i < length; i += 1 + i % 3) {
        char bad[TEXT_SIZE];
        char output[TEXT_SIZE];
        memcpy(bad, good, length);
        bad[i] = (char)(bad[i] ^ 1 << i % 8);
        write_journal(bad, length);
        REQUIRE(warden_command("restore", output) == 1);
        tree_expect(NUMA, "0");
        REQUIRE(!tree_has(JOURNAL) && tree_has(JOURNAL ".rejected"));
    }
    write_journal(good, length);
    char output[TEXT_SIZE];
    REQUIRE(warden_command("restore", output) == 0);
    tree_expect(NUMA, "1");
}

static void a_damaged_journal_is_set_aside(void) {
    char text[TEXT_SIZE];
    char long_text[3 * TEXT_SIZE];
    leave_a_journal();
    size_t length = read_journal(text);
    for (size_t cut = 0; cut < length; cut += 7) {
        if (cut > 0) leave_a_journal();
        write_journal(text, cut);
        nothing_is_written("kept numa_balancing 0\n");
    }
    leave_a_journal();
    memset(long_text, 'x', sizeof long_text);
    memcpy(long_text, text, length);
    write_journal(long_text, sizeof long_text);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    memcpy(long_text + length, text, length);
    write_journal(long_text, 2 * length);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    long_text[length] = '\0';
    write_journal(long_text, length + 1);
    nothing_is_written("kept numa_balancing 0\n");
}

static void values_out_of_range_are_never_written(void) {
    static const char *const values[] = {"5", "-1", "01", "1 ", " 1", "1;0", "x", "", "99999999999999999999", "always"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char line[TEXT_SIZE];
        leave_a_journal();
        snprintf(line, sizeof line, "before %s\n", values[i]);
        forge("before 1\n", line);
        nothing_is_written("kept numa_balancing 0\n");
    }
    leave_a_journal();
    forge("id numa_balancing", "id timer_migration");
    nothing_is_written("kept numa_balancing 0\n");
}

static void another_versions_journal_is_left_to_it(void) {
    char output[TEXT_SIZE];
    leave_a_journal();
    forge("tailgate-journal 1", "tailgate-journal 2");
    REQUIRE(warden_command("restore", output) == 1);
    REQUIRE(strstr(output, "another Tailgate version") != NULL && tree_has(JOURNAL));
    nothing_is_written("refused numa_balancing its journal is another Tailgate version*\n");
}

// A client whose warden was replaced has not read why the new one does not hold it.
static void says_again_why_it_was_refused(void) {
    const char *refused = "refused numa_balancing its journal is another Tailgate version";
    char line[TEXT_SIZE];
    leave_a_journal();
    forge("tailgate-journal 1", "tailgate-journal 2");
    struct warden warden = warden_ready();
    static const char *const requests[] = {"hold", "check", "release"};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        snprintf(line, sizeof line, "%s numa_balancing", requests[i]);
        warden_say(&warden, line);
        REQUIRE(warden_line(&warden, line));
        if (strncmp(line, refused, strlen(refused)) != 0) FAIL("%s: \"%s\"", requests[i], line);
        warden_expect(&warden, "end\n");
    }
    REQUIRE(warden_end(&warden) == 0);
}

static void links_and_other_files_are_no_journals(void) {
    char beside[TEXT_SIZE];
    snprintf(beside, sizeof beside, "%s", tree_path("/run/beside"));
    leave_a_journal();
    REQUIRE(link(tree_path(JOURNAL), beside) == 0);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    REQUIRE(unlink(beside) == 0 && rename(tree_path(JOURNAL), beside) == 0);
    REQUIRE(symlink(beside, tree_path(JOURNAL)) == 0);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    REQUIRE(unlink(tree_path(JOURNAL)) == 0 && mkfifo(tree_path(JOURNAL), 0600) == 0);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    REQUIRE(unlink(tree_path(JOURNAL)) == 0 && mkdir(tree_path(JOURNAL), 0700) == 0);
    nothing_is_written("kept numa_balancing 0\n");
    leave_a_journal();
    REQUIRE(chmod(tree_path(JOURNAL), 0666) == 0);
    nothing_is_written("kept numa_balancing 0\n");
    if (geteuid() != 0) return;
    leave_a_journal();
    REQUIRE(chown(tree_path(JOURNAL), 65534, 65534) == 0);
    nothing_is_written("kept numa_balancing 0\n");
}

static void leases_of_nobody_do_not_count(void) {
    leave_a_journal();
    tree_put(STATE "/numa_balancing.999999.lease", "");
    REQUIRE(chmod(tree_path(STATE "/numa_balancing.999999.lease"), 0600) == 0);
    REQUIRE(symlink("/nowhere", tree_path(STATE "/numa_balancing.999998.lease")) == 0);
    REQUIRE(mkfifo(tree_path(STATE "/numa_balancing.999997.lease"), 0600) == 0);
    tree_put(STATE "/numa_balancing.journal.new", "half");
    tree_put(STATE "/nonsense.1.lease", "of another version");
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(tree_count(STATE, "numa_balancing") == 2);
    REQUIRE(tree_has(STATE "/nonsense.1.lease"));
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

#define GOVERNOR "/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor"

// The kernel gives a CPU that comes back the governor that it had.
static void an_offline_cpu_is_restored_when_it_is_back(void) {
    char output[TEXT_SIZE];
    tree_put(GOVERNOR, "powersave\n");
    struct warden warden = warden_ready();
    warden_say(&warden, "hold governor 1");
    warden_expect(&warden, "held governor.1 powersave performance\nend\n");
    REQUIRE(rename(tree_path(GOVERNOR), tree_path("/offline")) == 0);
    REQUIRE(warden_end(&warden) == 0);
    REQUIRE(warden_command("restore", output) == 0 && strncmp(output, "absent governor.1 ", 18) == 0);
    REQUIRE(rename(tree_path("/offline"), tree_path(GOVERNOR)) == 0);
    REQUIRE(warden_command("restore", output) == 0);
    tree_expect(GOVERNOR, "powersave");
}

// Hundreds of files that cannot be restored must not keep the lock from others for minutes.
static void patience_is_shared_by_all_files(void) {
    enum { INTERRUPTS = 40 };
    char path[TEXT_SIZE];
    struct warden warden = warden_ready();
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
        tree_put(path, "0-1\n");
    }
    warden_say(&warden, "hold irq_affinity 1");
    for (int i = 0; i < INTERRUPTS; i++) warden_expect(&warden, "held irq_affinity.*\n");
    warden_expect(&warden, "end\n");
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
        REQUIRE(unlink(tree_path(path)) == 0 && mkdir(tree_path(path), 0755) == 0);
    }
    time_t start = time(NULL);
    REQUIRE(warden_end(&warden) == 3);
    REQUIRE(time(NULL) - start < 8);  // each with a patience of its own would take 16 s
    REQUIRE(tree_count(STATE, ".journal") == INTERRUPTS);
}

// Killed at each point, and recovered by the next one.
static void a_kill_at_any_point_is_recovered(void) {
    static const char *const points[] = {
        "started", "locked", "recovered", "journal_written", "journal_synced", "journal_renamed", "setting_written",
        "setting_read_back", "held", "release_locked", "setting_restored", "journal_removed",
    };
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        char line[TEXT_SIZE];
        char output[TEXT_SIZE];
        struct warden warden = warden_start(points[i]);
        snprintf(line, sizeof line, "tailgate 1 %d\nhold numa_balancing\nrelease numa_balancing", (int)getpid());
        warden_say(&warden, line);
        warden_await_stop(&warden);
        warden_kill(&warden);
        REQUIRE(warden_command("restore", output) == 0);
        tree_expect(NUMA, "1");
        REQUIRE(tree_count(STATE, "numa_balancing") == 0);
    }
}

static void a_journal_that_vanished_is_remembered(void) {
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(unlink(tree_path(JOURNAL)) == 0);
    warden_say(&warden, "release numa_balancing");
    warden_expect(&warden, "restored numa_balancing 1\nend\n");
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    tree_remove_all(STATE);
    warden_say(&warden, "hold turbo");
    warden_expect(&warden, "absent turbo *\nend\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

// Not even root writes to a directory: the value cannot be written back until the file is there again.
static void what_cannot_be_restored_stays_in_the_journal(void) {
    char output[TEXT_SIZE];
    struct warden warden = warden_ready();
    warden_say(&warden, "hold numa_balancing");
    warden_expect(&warden, "held numa_balancing 1 0\nend\n");
    REQUIRE(rename(tree_path(NUMA), tree_path("/hidden")) == 0 && mkdir(tree_path(NUMA), 0755) == 0);
    REQUIRE(warden_end(&warden) == 3);
    REQUIRE(tree_has(JOURNAL) && tree_count(STATE, ".lease") == 0);
    REQUIRE(warden_command("restore", output) == 1);
    REQUIRE(rmdir(tree_path(NUMA)) == 0 && rename(tree_path("/hidden"), tree_path(NUMA)) == 0);
    REQUIRE(warden_command("restore", output) == 0);
    REQUIRE(strcmp(output, "restored numa_balancing 1\n") == 0);
    tree_expect(NUMA, "1");
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"a_good_journal_is_restored", a_good_journal_is_restored},
        {"a_hold_of_another_setting_restores_it_too", a_hold_of_another_setting_restores_it_too},
        {"what_was_changed_since_is_left_alone", what_was_changed_since_is_left_alone},
        {"a_journal_of_another_boot_is_dropped", a_journal_of_another_boot_is_dropped},
        {"every_flipped_bit_is_noticed", every_flipped_bit_is_noticed},
        {"a_damaged_journal_is_set_aside", a_damaged_journal_is_set_aside},
        {"values_out_of_range_are_never_written", values_out_of_range_are_never_written},
        {"another_versions_journal_is_left_to_it", another_versions_journal_is_left_to_it},
        {"says_again_why_it_was_refused", says_again_why_it_was_refused},
        {"links_and_other_files_are_no_journals", links_and_other_files_are_no_journals},
        {"leases_of_nobody_do_not_count", leases_of_nobody_do_not_count},
        {"an_offline_cpu_is_restored_when_it_is_back", an_offline_cpu_is_restored_when_it_is_back},
        {"patience_is_shared_by_all_files", patience_is_shared_by_all_files},
        {"a_kill_at_any_point_is_recovered", a_kill_at_any_point_is_recovered},
        {"a_journal_that_vanished_is_remembered", a_journal_that_vanished_is_remembered},
        {"what_cannot_be_restored_stays_in_the_journal", what_cannot_be_restored_stays_in_the_journal},
        {NULL, NULL},
    };
    return fixture_run(count, arguments, tests);
}
