// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Every setting on a fake machine that has all of them, and wardens that share them.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define CPU "/sys/devices/system/cpu/"

static void put_interrupts(void) {
    tree_put("/proc/irq/1/smp_affinity_list", "0-3\n");
    tree_put("/proc/irq/2/smp_affinity_list", "2\n");
    tree_put("/proc/irq/10/smp_affinity_list", "0\n");
    tree_put("/proc/irq/24/smp_affinity_list", "0-1,3\n");
    tree_put("/proc/irq/default_smp_affinity", "f\n");
}

static void hold(struct warden *warden, const char *setting, const char *answer) {
    char line[TEXT_SIZE];
    snprintf(line, sizeof line, "hold %s", setting);
    warden_say(warden, line);
    warden_expect(warden, answer);
    warden_expect(warden, "end\n");
}

static void release(struct warden *warden, const char *setting, const char *answer) {
    char line[TEXT_SIZE];
    snprintf(line, sizeof line, "release %s", setting);
    warden_say(warden, line);
    warden_expect(warden, answer);
    warden_expect(warden, "end\n");
}

static void sets_each_setting_and_gives_back_its_text(void) {
    static const struct {
        const char *name, *path, *text, *before, *wanted;
    } settings[] = {
        {"numa_balancing", NUMA, "3\n", "3", "0"},
        {"thp_enabled", THP "enabled", "always [madvise] never\n", "madvise", "never"},
        {"thp_defrag", THP "defrag", "always defer [defer+madvise] madvise never\n", "defer+madvise", "never"},
        {"timer_migration", "/proc/sys/kernel/timer_migration", "1\n", "1", "0"},
        {"vm_stat_interval", "/proc/sys/vm/stat_interval", "65536\n", "65536", "120"},
        {"nmi_watchdog", "/proc/sys/kernel/nmi_watchdog", "1\n", "1", "0"},
        {"governor.0", CPU "cpu0/cpufreq/scaling_governor", "schedutil\n", "schedutil", "performance"},
        {"governor.1", CPU "cpu1/cpufreq/scaling_governor", "powersave\n", "powersave", "performance"},
        {"turbo.0", CPU "intel_pstate/no_turbo", "0\n", "0", "1"},
        {"turbo.1", CPU "cpufreq/boost", "1\n", "1", "0"},
    };
    enum { SETTINGS = sizeof settings / sizeof settings[0] };
    for (size_t i = 0; i < SETTINGS; i++) tree_put(settings[i].path, settings[i].text);
    struct warden warden = warden_ready();
    for (size_t i = 0; i < SETTINGS; i++) {
        char line[TEXT_SIZE];
        int length = (int)strcspn(settings[i].name, ".");
        if (strstr(settings[i].name, ".1") == NULL) {
            snprintf(line, sizeof line, "hold %.*s%s", length, settings[i].name, length == 8 ? " 0-1" : "");
            warden_say(&warden, line);
        }
        snprintf(line, sizeof line, "held %s %s %s\n", settings[i].name, settings[i].before, settings[i].wanted);
        warden_expect(&warden, line);
        if (strstr(settings[i].name, ".0") == NULL) warden_expect(&warden, "end\n");
        tree_expect(settings[i].path, settings[i].wanted);
    }
    REQUIRE(warden_end(&warden) == 0);
    for (size_t i = 0; i < SETTINGS; i++) tree_expect(settings[i].path, settings[i].before);
}

static void moves_interrupts_that_have_another_cpu(void) {
    put_interrupts();
    struct warden warden = warden_ready();
    hold(&warden, "irq_affinity 2-3",
         "held irq_affinity.1 0-3 0-1\nrefused irq_affinity.2 *\nkept irq_affinity.10 0\n"
         "held irq_affinity.24 0-1,3 0-1\n");
    tree_expect("/proc/irq/2/smp_affinity_list", "2");
    release(&warden, "irq_affinity",
            "restored irq_affinity.24 0-1,3\nkept irq_affinity.10 0\nrefused irq_affinity.2 *\n"
            "restored irq_affinity.1 0-3\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void tells_what_the_machine_does_not_have(void) {
    struct warden warden = warden_ready();
    tree_remove_all(NUMA);
    hold(&warden, "numa_balancing", "absent numa_balancing *\n");
    hold(&warden, "turbo", "absent turbo *\n");
    hold(&warden, "governor 0,5", "absent governor.0 *\nabsent governor.5 *\n");
    hold(&warden, "irq_affinity 0", "absent irq_affinity *\n");
    release(&warden, "governor", "absent governor.5 *\nabsent governor.0 *\n");
    // of what is not held nothing is left behind: it can be asked for again
    tree_put(NUMA, "1\n");
    hold(&warden, "numa_balancing", "held numa_balancing 1 0\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void holds_one_file_for_cpus_of_one_clock(void) {
    tree_put(CPU "cpufreq/policy0/scaling_governor", "powersave\n");
    for (int cpu = 0; cpu < 2; cpu++) {
        char path[TEXT_SIZE];
        snprintf(path, sizeof path, CPU "cpu%d/.keep", cpu);
        tree_put(path, "");
        snprintf(path, sizeof path, CPU "cpu%d/cpufreq", cpu);
        REQUIRE(symlink("../cpufreq/policy0", tree_path(path)) == 0);
    }
    struct warden one = warden_ready();
    struct warden two = warden_ready();
    hold(&one, "governor 0", "held governor.0 powersave performance\n");
    hold(&two, "governor 1", "held governor.0 powersave performance\n");
    REQUIRE(warden_end(&one) == 0);
    tree_expect(CPU "cpufreq/policy0/scaling_governor", "performance");
    REQUIRE(warden_end(&two) == 0);
    tree_expect(CPU "cpufreq/policy0/scaling_governor", "powersave");
}

static void refuses_values_that_it_could_not_write_back(void) {
    char huge[TEXT_SIZE];
    static const char *const odd[] = {"5\n", "-1\n", "01\n", "1 2\n", "x\n", "", "\n", "1\x07\n", "99999999999999\n"};
    struct warden warden = warden_ready();
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        tree_put(NUMA, odd[i]);
        hold(&warden, "numa_balancing", "refused numa_balancing *\n");
    }
    memset(huge, 'a', sizeof huge);
    huge[sizeof huge - 1] = '\0';
    tree_put(THP "enabled", huge);
    hold(&warden, "thp_enabled", "refused thp_enabled *\n");
    memcpy(huge + 300, "\n", 2);
    tree_put(THP "enabled", huge);
    hold(&warden, "thp_enabled", "refused thp_enabled *\n");
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
    REQUIRE(warden_end(&warden) == 0);
}

static void the_last_of_three_restores(void) {
    struct warden wardens[3];
    for (int i = 0; i < 3; i++) {
        wardens[i] = warden_ready();
        hold(&wardens[i], "numa_balancing", "held numa_balancing 1 0\n");
    }
    REQUIRE(tree_count(STATE, ".lease") == 3 && tree_count(STATE, ".journal") == 1);
    release(&wardens[0], "numa_balancing", "shared numa_balancing 0\n");
    warden_kill(&wardens[1]);
    tree_expect(NUMA, "0");
    REQUIRE(warden_end(&wardens[0]) == 0);
    REQUIRE(warden_end(&wardens[2]) == 0);
    tree_expect(NUMA, "1");
    REQUIRE(tree_count(STATE, ".lease") == 0 && tree_count(STATE, ".journal") == 0);
}

static void shares_a_file_only_at_the_same_value(void) {
    put_interrupts();
    struct warden one = warden_ready();
    struct warden two = warden_ready();
    hold(&one, "irq_affinity 3",
         "held irq_affinity.1 0-3 0-2\nkept irq_affinity.2 2\nkept irq_affinity.10 0\nheld irq_affinity.24 0-1,3 0-1\n");
    hold(&two, "irq_affinity 2",
         "refused irq_affinity.1 warden *\nrefused irq_affinity.2 *\nkept irq_affinity.10 0\n"
         "held irq_affinity.24 0-1,3 0-1\n");
    REQUIRE(warden_end(&one) == 0);
    tree_expect("/proc/irq/1/smp_affinity_list", "0-3");
    tree_expect("/proc/irq/24/smp_affinity_list", "0-1");
    REQUIRE(warden_end(&two) == 0);
    tree_expect("/proc/irq/24/smp_affinity_list", "0-1,3");
}

static void a_foreign_change_stays(void) {
    struct warden one = warden_ready();
    struct warden two = warden_ready();
    hold(&one, "numa_balancing", "held numa_balancing 1 0\n");
    tree_put(NUMA, "2\n");
    warden_say(&one, "check numa_balancing");
    warden_expect(&one, "foreign numa_balancing 2\nend\n");
    hold(&two, "numa_balancing", "refused numa_balancing somebody else made it 2 while warden *\n");
    release(&one, "numa_balancing", "foreign numa_balancing 2\n");
    tree_expect(NUMA, "2");
    hold(&two, "numa_balancing", "held numa_balancing 2 0\n");
    tree_put(NUMA, "3\n");
    REQUIRE(warden_end(&two) == 0);
    tree_expect(NUMA, "3");
    REQUIRE(warden_end(&one) == 0);
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
}

// Somebody else changes the value while the warden is at the point: that change is what must stay, or come back.
static void foreign_at(const char *point, const char *answer, const char *at_the_end) {
    char line[TEXT_SIZE];
    tree_put(NUMA, "1\n");
    struct warden warden = warden_start(point);
    snprintf(line, sizeof line, "tailgate 1 %d\nhold numa_balancing\nrelease numa_balancing", (int)getpid());
    warden_say(&warden, line);
    warden_await_stop(&warden);
    tree_put(NUMA, "3\n");
    warden_continue(&warden);
    warden_expect(&warden, "ready *\n");
    warden_expect(&warden, answer);
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, at_the_end);
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
}

static void a_foreign_change_at_any_point_stays(void) {
    foreign_at("locked", "held numa_balancing 3 0\nend\nrestored numa_balancing 3\nend\n", "3");
    foreign_at("recovered", "held numa_balancing 3 0\nend\nrestored numa_balancing 3\nend\n", "3");
    foreign_at("journal_written", "held numa_balancing 3 0\nend\nrestored numa_balancing 3\nend\n", "3");
    foreign_at("journal_synced", "held numa_balancing 3 0\nend\nrestored numa_balancing 3\nend\n", "3");
    foreign_at("journal_renamed", "held numa_balancing 3 0\nend\nrestored numa_balancing 3\nend\n", "3");
    foreign_at("setting_written", "refused numa_balancing *\nend\nrefused numa_balancing *\nend\n", "3");
    foreign_at("setting_read_back", "held numa_balancing 1 0\nend\nforeign numa_balancing 3\nend\n", "3");
    foreign_at("held", "held numa_balancing 1 0\nend\nforeign numa_balancing 3\nend\n", "3");
    foreign_at("release_locked", "held numa_balancing 1 0\nend\nforeign numa_balancing 3\nend\n", "3");
    foreign_at("setting_restored", "held numa_balancing 1 0\nend\nforeign numa_balancing 3\nend\n", "3");
    foreign_at("journal_removed", "held numa_balancing 1 0\nend\nrestored numa_balancing *\nend\n", "3");
}

// The value was written, so it has to come back: whatever happens to the file while it is read back.
static void gives_back_what_it_could_not_read_back(void) {
    char line[TEXT_SIZE];
    struct warden warden = warden_start("setting_written");
    snprintf(line, sizeof line, "tailgate 1 %d\nhold numa_balancing", (int)getpid());
    warden_say(&warden, line);
    warden_await_stop(&warden);
    // not even root can read a directory
    REQUIRE(rename(tree_path(NUMA), tree_path(NUMA ".away")) == 0 && mkdir(tree_path(NUMA), 0755) == 0);
    warden_continue(&warden);
    warden_expect(&warden, "ready *\nheld numa_balancing 1 ?\nend\n");
    REQUIRE(rmdir(tree_path(NUMA)) == 0 && rename(tree_path(NUMA ".away"), tree_path(NUMA)) == 0);
    tree_expect(NUMA, "0");
    release(&warden, "numa_balancing", "restored numa_balancing 1\n");
    REQUIRE(warden_end(&warden) == 0);
    tree_expect(NUMA, "1");
}

// What a client may set before it starts the warden by sudo.
static void gives_back_all_with_few_descriptors(void) {
    enum { INTERRUPTS = 40 };
    char path[TEXT_SIZE];
    char line[TEXT_SIZE];
    struct rlimit before;
    REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
    for (rlim_t most = 8; most < 20; most++) {
        const struct rlimit few = {most, most};
        for (int i = 0; i < INTERRUPTS; i++) {
            snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
            tree_put(path, "0-7\n");
        }
        struct warden other = warden_ready();
        hold(&other, "numa_balancing", "held numa_balancing 1 0\n");
        struct warden warden = warden_start("started");
        warden_await_stop(&warden);
        REQUIRE(prlimit(warden.process, RLIMIT_NOFILE, &few, NULL) == 0);
        warden_continue(&warden);
        snprintf(line, sizeof line, "tailgate 1 %d\nhold irq_affinity 7\nhold numa_balancing", (int)getpid());
        warden_say(&warden, line);
        for (int ends = 0; ends < 2;) {
            REQUIRE(warden_line(&warden, line));
            if (strcmp(line, "end") == 0) ends++;
        }
        REQUIRE(warden_end(&other) == 0);
        REQUIRE(warden_end(&warden) == 0);
        tree_expect(NUMA, "1");
        for (int i = 0; i < INTERRUPTS; i++) {
            snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
            tree_expect(path, "0-7");
        }
        REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
    }
}

static void refuses_one_file_and_takes_the_others(void) {
    tree_put(CPU "cpu0/cpufreq/scaling_governor", "powersave\n");
    tree_put(CPU "cpu2/cpufreq/scaling_governor", "powersave\n");
    // not even root can write a directory
    REQUIRE(mkdir(tree_path(CPU "cpu1"), 0755) == 0 && mkdir(tree_path(CPU "cpu1/cpufreq"), 0755) == 0);
    REQUIRE(mkdir(tree_path(CPU "cpu1/cpufreq/scaling_governor"), 0755) == 0);
    struct warden warden = warden_ready();
    hold(&warden, "governor 0-2",
         "held governor.0 powersave performance\nrefused governor.1 *\nheld governor.2 powersave performance\n");
    release(&warden, "governor", "restored governor.2 powersave\nrefused governor.1 *\nrestored governor.0 powersave\n");
    REQUIRE(warden_end(&warden) == 0);
}

static void holds_hundreds_of_interrupts(void) {
    enum { INTERRUPTS = 300 };
    char path[TEXT_SIZE];
    char line[TEXT_SIZE];
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
        tree_put(path, "0-7\n");
    }
    struct warden one = warden_ready();
    struct warden two = warden_ready();
    warden_say(&one, "hold irq_affinity 7");
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(line, sizeof line, "held irq_affinity.%d 0-7 0-6\n", i);
        warden_expect(&one, line);
    }
    warden_expect(&one, "end\n");
    warden_kill(&one);
    hold(&two, "numa_balancing", "held numa_balancing 1 0\n");
    for (int i = 0; i < INTERRUPTS; i++) {
        snprintf(path, sizeof path, "/proc/irq/%d/smp_affinity_list", i);
        tree_expect(path, "0-7");
    }
    REQUIRE(warden_end(&two) == 0);
    REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"sets_each_setting_and_gives_back_its_text", sets_each_setting_and_gives_back_its_text},
        {"moves_interrupts_that_have_another_cpu", moves_interrupts_that_have_another_cpu},
        {"tells_what_the_machine_does_not_have", tells_what_the_machine_does_not_have},
        {"holds_one_file_for_cpus_of_one_clock", holds_one_file_for_cpus_of_one_clock},
        {"refuses_values_that_it_could_not_write_back", refuses_values_that_it_could_not_write_back},
        {"the_last_of_three_restores", the_last_of_three_restores},
        {"shares_a_file_only_at_the_same_value", shares_a_file_only_at_the_same_value},
        {"a_foreign_change_stays", a_foreign_change_stays},
        {"a_foreign_change_at_any_point_stays", a_foreign_change_at_any_point_stays},
        {"gives_back_what_it_could_not_read_back", gives_back_what_it_could_not_read_back},
        {"gives_back_all_with_few_descriptors", gives_back_all_with_few_descriptors},
        {"refuses_one_file_and_takes_the_others", refuses_one_file_and_takes_the_others},
        {"holds_hundreds_of_interrupts", holds_hundreds_of_interrupts},
        {NULL, NULL},
    };
    return fixture_run(count, arguments, tests);
}
