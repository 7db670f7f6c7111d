// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// Tile data is a large register state, so Linux (5.16 and later) allots space for it only to a process that asks. The
// system call is x86's.

#include "int8_amx_permission.h"

#include <cstdint>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(SYS_arch_prctl)

namespace tailgate {
namespace {

// arch/x86/include/uapi/asm/prctl.h
constexpr long kArchGetXcompPerm = 0x1022;
constexpr long kArchReqXcompPerm = 0x1023;
// arch/x86/include/asm/fpu/types.h: XFEATURE_XTILE_DATA
constexpr unsigned long kTileData = 18;

}  // namespace

bool int8_amx_permitted() {
    if (syscall(SYS_arch_prctl, kArchReqXcompPerm, kTileData) != 0) {
        return false;
    }
    uint64_t permitted = 0;
    return syscall(SYS_arch_prctl, kArchGetXcompPerm, &permitted) == 0 && (permitted >> kTileData & 1) != 0;
}

}  // namespace tailgate

#else

namespace tailgate {

bool int8_amx_permitted() { return false; }

}  // namespace tailgate

#endif
