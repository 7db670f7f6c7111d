// Copyright 2026 The Tailgate authors
// SPDX-License-Identifier: Apache-2.0
//
// A loop of one instruction on registers alone, written by name: as variables, GCC 12 keeps the sums in memory. The sums
// are more than latency times ports.

#pragma once

/// Runs `step`, assembly with \\i for the number of a sum, `steps` times on 16 sums; zmm30 and zmm31 are operands.
#define TAILGATE_REPEAT_ON_ZMM(steps, step) \
    asm volatile( \
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,30,31\n\t" \
        "vpxord %%zmm\\i, %%zmm\\i, %%zmm\\i\n\t" \
        ".endr\n" \
        "1:\n\t" \
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t" step ".endr\n\t" \
        "dec %0\n\t" \
        "jnz 1b" \
        : "+r"(steps) \
        : \
        : "cc", "zmm0", "zmm1", "zmm2", "zmm3", "zmm4", "zmm5", "zmm6", "zmm7", "zmm8", "zmm9", "zmm10", "zmm11", \
          "zmm12", "zmm13", "zmm14", "zmm15", "zmm30", "zmm31")

/// The same on 12 sums of 256 bits; ymm14 and ymm15 are operands, ymm13 is free.
#define TAILGATE_REPEAT_ON_YMM(steps, step) \
    asm volatile( \
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11,13,14,15\n\t" \
        "vpxor %%ymm\\i, %%ymm\\i, %%ymm\\i\n\t" \
        ".endr\n" \
        "1:\n\t" \
        ".irp i, 0,1,2,3,4,5,6,7,8,9,10,11\n\t" step ".endr\n\t" \
        "dec %0\n\t" \
        "jnz 1b" \
        : "+r"(steps) \
        : \
        : "cc", "ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7", "ymm8", "ymm9", "ymm10", "ymm11", \
          "ymm13", "ymm14", "ymm15")
