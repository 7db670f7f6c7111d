/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the claims the results that the system property or configuration parameter {@value #PROPERTY} names. */
final class ResultsParameter implements ParameterResolver {

    static final String PROPERTY = "numalab.results";

    static Path folder(ExtensionContext context) {
        return context.getConfigurationParameter(PROPERTY)
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException(
                        "which results to judge: set -D" + PROPERTY + "=FOLDER; samples/numa-lab/proof does"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Results.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Results(folder(context));
    }
}
