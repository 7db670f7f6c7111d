/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Runs a program under a filter that answers as Docker's default seccomp profile does to a process without
 * CAP_SYS_NICE and CAP_PERFMON: EPERM from the calls for NUMA memory and from perf_event_open, everything else allowed.
 * See https://github.com/moby/profiles/blob/main/seccomp/default.json
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_set_mempolicy_home_node
#define SYS_set_mempolicy_home_node 450 /* the same on every architecture; C libraries before 2.35 do not name it */
#endif

/* If the call is this one, do the next instruction (deny), else skip it. */
#define DENY(call)                                      \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

int main(int count, char **arguments) {
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        DENY(SYS_mbind),
        DENY(SYS_set_mempolicy),
        DENY(SYS_get_mempolicy),
        DENY(SYS_set_mempolicy_home_node),
        DENY(SYS_move_pages),
        DENY(SYS_migrate_pages),
        DENY(SYS_perf_event_open),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof instructions / sizeof *instructions, instructions};
    if (count < 2) {
        fprintf(stderr, "usage: deny-numa-calls PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) {
        perror("deny-numa-calls: cannot set the filter");
        return 1;
    }
    execvp(arguments[1], arguments + 1);
    perror(arguments[1]);
    return 127;
}
