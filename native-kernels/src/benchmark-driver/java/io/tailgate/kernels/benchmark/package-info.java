/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Ours against oneDNN and ONNX Runtime, in one process. {@link io.tailgate.kernels.benchmark.KernelBenchmark} is the
 * program; {@code docs/benchmark.md} says what it compares and how.
 */
@NullMarked
package io.tailgate.kernels.benchmark;

import org.jspecify.annotations.NullMarked;
