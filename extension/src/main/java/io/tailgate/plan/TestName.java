/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a test is called in messages and files.
 *
 * @param className binary name of the test class, the folder of its reports
 * @param fileName name of its report without extension: the method, with the invocation's number where there are several
 * @param displayName what JUnit shows, e.g. {@code inference(INT8)}
 */
public record TestName(String className, String fileName, String displayName) {

    private static final Pattern INVOCATION_NUMBER = Pattern.compile(":#(\\d+)]");

    /**
     * Names one invocation of a test method.
     *
     * @param overload what tells the method from another of its name in the class, else empty
     * @param displayName what JUnit shows; for an invocation that is only {@code [3] INT8}
     * @param uniqueId JUnit's, which has the number of each invocation: {@code [test-template-invocation:#3]}
     */
    public static TestName of(String className, String method, String overload, String displayName, String uniqueId) {
        StringBuilder file = new StringBuilder(method + overload); // made fit for files where they are written
        Matcher number = INVOCATION_NUMBER.matcher(uniqueId);
        while (number.find()) {
            file.append('-').append(number.group(1));
        }
        boolean named = displayName.startsWith(method);
        return new TestName(className, file.toString(), named ? displayName : method + " " + displayName);
    }

    @Override
    public String toString() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + displayName;
    }
}
