/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where another JVM finds the classes of this one.
 *
 * <p>The property {@code java.class.path} alone is not enough. Surefire writes the tests' part into it, and keeps what the
 * JVM was started with, its own classes and JUnit's launcher included, in a property of its own; with a class loader of its
 * own it has the classes there alone, as Maven itself has where tests run in its JVM.
 */
final class FreshClassPath {

    private static final String SUREFIRE_REAL = "surefire.real.class.path";

    private FreshClassPath() {}

    /**
     * Returns the entries, each once.
     *
     * @param properties of the running JVM
     * @param needed classes that must be found; what is in a module comes by the module path
     */
    static List<String> of(UnaryOperator<String> properties, List<Class<?>> needed) {
        Set<String> entries = new LinkedHashSet<>();
        for (String property : List.of(SUREFIRE_REAL, "java.class.path")) {
            String path = properties.apply(property);
            if (path != null) {
                Stream.of(path.split(File.pathSeparator, -1))
                        .filter(entry -> !entry.isEmpty())
                        .forEach(entries::add);
            }
        }
        needed.stream()
                .filter(type -> !type.getModule().isNamed())
                .flatMap(type -> locations(type).stream())
                .forEach(entries::add);
        return new ArrayList<>(entries);
    }

    private static List<String> locations(Class<?> type) {
        List<URL> locations = new ArrayList<>();
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            locations.add(source.getLocation());
        }
        for (ClassLoader loader = type.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                locations.addAll(List.of(urls.getURLs()));
            }
        }
        return locations.stream().flatMap(FreshClassPath::file).toList();
    }

    /** What is no file, as the modules of the JDK, every JVM has by itself. */
    private static Stream<String> file(URL location) {
        try {
            URI uri = location.toURI();
            return "file".equals(uri.getScheme()) ? Stream.of(Path.of(uri).toString()) : Stream.empty();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Stream.empty(); // a class that is missed for it is named by the JVM that misses it
        }
    }
}
