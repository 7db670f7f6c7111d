/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.List;

/**
 * All bounds of a test, judged: FAIL if one fails, else INCONCLUSIVE if one cannot be told, else PASS.
 *
 * @param remarks what every reader of the verdict must know, e.g. up to which burst length a PASS holds
 */
public record Verdict(Outcome outcome, List<BoundVerdict> bounds, List<String> remarks) {

    public Verdict {
        bounds = List.copyOf(bounds);
        remarks = List.copyOf(remarks);
    }
}
