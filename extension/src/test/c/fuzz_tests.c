// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0

// Random input, from nearly right lines to plain noise: the warden answers or ends, and the values come back.
// The second argument is the seed, which is printed; by default it is taken from the clock.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

enum { ROUNDS = 40, LINES = 200 };

static uint64_t state;

// xorshift64*
static unsigned pick(unsigned below) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * 0x2545f4914f6cdd1dU) >> 33) % below;
}

static size_t nearly_right(char *line) {
    static const char *const verbs[] = {"hold", "release", "check", "tailgate", "end", ""};
    static const char *const settings[] = {"numa_balancing", "governor", "irq_affinity", "thp_enabled", "turbo", "x"};
    static const char *const lists[] = {"", " 0", " 0-1", " 1,", " 0-9999999", " ,", " 1-0", "  "};
    int length = sprintf(line, "%s %s%s\n", verbs[pick(6)], settings[pick(6)], lists[pick(8)]);
    for (unsigned flips = pick(4) == 0 ? pick(3) : 0; flips > 0; flips--) {
        line[pick((unsigned)length)] = (char)pick(256);
    }
    return (size_t)length;
}

static size_t noise(char *line) {
    size_t length = pick(1500);
    for (size_t i = 0; i < length; i++) line[i] = (char)pick(256);
    return length;
}

static void drain(struct warden *warden) {
    char answer[TEXT_SIZE];
    struct pollfd output = {.fd = warden->from, .events = POLLIN};
    while (poll(&output, 1, 0) == 1 && read(warden->from, answer, sizeof answer) > 0) continue;
}

static void feed(struct warden *warden, const char *text, size_t length) {
    while (length > 0) {
        ssize_t written = write(warden->to, text, length < 64 ? length : 1 + pick(64));
        drain(warden);
        if (written < 0 && errno == EAGAIN) continue;
        if (written < 0) return;  // it may refuse a greeting and end
        text += written;
        length -= (size_t)written;
    }
}

static void random_input_changes_nothing_for_good(void) {
    tree_put("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    tree_put("/sys/devices/system/cpu/cpufreq/boost", "1\n");
    tree_put("/proc/irq/7/smp_affinity_list", "0-2\n");
    tree_put("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
    for (int round = 0; round < ROUNDS; round++) {
        char line[TEXT_SIZE];
        struct warden warden = pick(10) == 0 ? warden_start(NULL) : warden_ready();
        REQUIRE(fcntl(warden.to, F_SETFL, O_NONBLOCK) == 0);
        for (unsigned i = pick(LINES); i > 0; i--) {
            size_t length = pick(5) == 0 ? noise(line) : nearly_right(line);
            feed(&warden, line, length);
        }
        // it may be writing still: only a reader lets it come to the end of its input
        close(warden.to);
        warden.to = -1;
        int status = warden_await_end(&warden);
        if (status != 0 && status != 2) FAIL("round %d ended with %d", round, status);
        tree_expect(NUMA, "1");
        tree_expect("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
        tree_expect("/sys/devices/system/cpu/cpufreq/boost", "1");
        tree_expect("/proc/irq/7/smp_affinity_list", "0-2");
        REQUIRE(tree_count(STATE, ".journal") == 0 && tree_count(STATE, ".lease") == 0);
    }
}

int main(int count, char **arguments) {
    static const struct test tests[] = {
        {"random_input_changes_nothing_for_good", random_input_changes_nothing_for_good},
        {NULL, NULL},
    };
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    state = count > 2 ? strtoull(arguments[2], NULL, 10) : (uint64_t)now.tv_nsec * 1000003U + (uint64_t)now.tv_sec;
    if (state == 0) state = 1;
    printf("seed %llu\n", (unsigned long long)state);
    fflush(stdout);
    return fixture_run(count < 2 ? count : 2, arguments, tests);
}
