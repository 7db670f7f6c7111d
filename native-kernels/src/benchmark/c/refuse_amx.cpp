// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// A seccomp filter under which arch_prctl(ARCH_REQ_XCOMP_PERM) fails, as on a kernel that knows no AMX.

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "benchmark_abi.h"
#include "network/abi_call.h"

using namespace tailgate;

namespace {

constexpr uint32_t kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM of asm/prctl.h

sock_filter load(size_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset); }
sock_filter skip_unless(uint32_t value, uint8_t instructions) {
    return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, instructions);
}
sock_filter answer(uint32_t what) { return BPF_STMT(BPF_RET | BPF_K, what); }

}  // namespace

tg_status tgb_refuse_amx(void) {
    return guarded([] {
        sock_filter filter[] = {
            load(offsetof(seccomp_data, nr)),
            skip_unless(SYS_arch_prctl, 3),
            load(offsetof(seccomp_data, args)),
            skip_unless(kRequestPermission, 1),
            answer(SECCOMP_RET_ERRNO | EOPNOTSUPP),
            answer(SECCOMP_RET_ALLOW),
        };
        const sock_fprog program{sizeof filter / sizeof *filter, filter};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) throw system_error("prctl(PR_SET_NO_NEW_PRIVS)", errno);
        const long failed = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
        if (failed != 0) throw system_error("seccomp", errno);
    });
}
