/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.nio.file.Path;

/** Where the files of one report are. */
public record WrittenReport(Path json, Path hlog, Path html, Path csv) {}
