// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// tailgate-local-memory PROGRAM [ARGUMENT...]
//
// Runs a program under the memory policy "local", which all of its threads and children inherit. Automatic NUMA
// balancing leaves alone whatever has a policy, so this protects a whole JVM without root. What numactl --localalloc does,
// for machines without numactl.
//
// A policy that was inherited already is kept (numactl --membind=1 outside means it), less the flag that opts back in to
// balancing. Where setting a policy is refused the program runs all the same: unprotected, and told once.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// linux/mempolicy.h, whose older editions lack some of them
enum { POLICY_DEFAULT = 0, POLICY_PREFERRED = 1, POLICY_LOCAL = 4, FLAG_NUMA_BALANCING = 1 << 13 };

// sh(1): 126 if a program was found and could not be run, 127 if it was not found
enum { EXIT_USAGE = 2, EXIT_NOT_RUN = 126, EXIT_NOT_FOUND = 127 };

// CONFIG_NODES_SHIFT is at most 10; the kernel looks at one bit less than it is told
enum { MOST_NODES = 1024, BITS_OF_WORD = 8 * (int)sizeof(unsigned long) };

static long set_policy(int mode, const unsigned long *nodes) {
    return syscall(SYS_set_mempolicy, (long)mode, nodes, nodes == NULL ? 0UL : MOST_NODES + 1UL);
}

static long set_local(void) {
    long status = set_policy(POLICY_LOCAL, NULL);
    if (status != 0 && errno == EINVAL) {
        status = set_policy(POLICY_PREFERRED, NULL); // the same, said to a kernel before 3.8
    }
    return status;
}

static long leave_default_policy(void) {
    unsigned long nodes[MOST_NODES / BITS_OF_WORD] = {0};
    int mode = POLICY_DEFAULT;
    if (syscall(SYS_get_mempolicy, &mode, nodes, MOST_NODES + 1UL, 0UL, 0UL) != 0 || mode == POLICY_DEFAULT) {
        return set_local();
    }
    return (mode & FLAG_NUMA_BALANCING) == 0 ? 0 : set_policy(mode & ~FLAG_NUMA_BALANCING, nodes);
}

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("tailgate-local-memory: name the program to run under a local memory policy, and its arguments\n", stderr);
        return EXIT_USAGE;
    }
    if (leave_default_policy() != 0) {
        int refusal = errno;
        fprintf(stderr,
                "tailgate-local-memory: cannot set a memory policy: %s; %s runs without one%s\n",
                strerror(refusal),
                arguments[1],
                refusal == EPERM ? " (in a container: run it with --cap-add SYS_NICE)" : "");
    }
    execvp(arguments[1], arguments + 1);
    int reason = errno;
    fprintf(stderr, "tailgate-local-memory: cannot run %s: %s\n", arguments[1], strerror(reason));
    return reason == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUN;
}
