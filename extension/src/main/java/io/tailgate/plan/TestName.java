/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/**
 * How a test is called in messages and files.
 *
 * @param className binary name of the test class, the folder of its reports
 * @param fileName name of its report without extension: the method, with the invocation's number where there are several
 * @param displayName what JUnit shows, e.g. {@code inference(INT8)}
 */
public record TestName(String className, String fileName, String displayName) {

    @Override
    public String toString() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + displayName;
    }
}
