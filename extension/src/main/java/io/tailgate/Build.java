/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A build of the code beside the one that the test runs with, for {@link Tailgate#compare}: an earlier release in its jar,
 * for example, as the baseline of the present classes.
 *
 * <pre>{@code
 * try (Build before = Build.of(List.of(Path.of("releases/book-1.2.jar")))) {
 *     Tailgate.compare("lookup", options, before.iteration("com.acme.LookupBench", "run"), new LookupBench()::run).orThrow();
 * }
 * }</pre>
 *
 * <p>Its classes are loaded from its own class path first and only what is not there from the test's, so the same class may
 * exist in both; neither sees the other's statics. Both share the JVM: its heap, collector and compiler.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Build implements AutoCloseable {

    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);

    private final List<Path> classPath;
    private final BuildClassLoader loader;

    private Build(List<Path> classPath, BuildClassLoader loader) {
        this.classPath = classPath;
        this.loader = loader;
    }

    /**
     * Opens a build.
     *
     * @param classPath folders of classes and jars, in the order in which they are searched
     * @throws IllegalArgumentException if it is empty or names what does not exist
     */
    public static Build of(List<Path> classPath) {
        if (classPath.isEmpty()) {
            throw new IllegalArgumentException("the class path of a build is empty; name a jar or a folder of classes");
        }
        URL[] urls = classPath.stream().map(Build::url).toArray(URL[]::new);
        return new Build(List.copyOf(classPath), new BuildClassLoader(urls, Build.class.getClassLoader()));
    }

    /**
     * Returns a method of this build as a body: called on one new instance, or on none if it is static. What it returns is
     * dropped.
     *
     * @param className of a class in this build's class path, with a constructor without parameters
     * @param method without parameters
     * @throws IllegalArgumentException if this build has no such class or the class no such method
     */
    public Tailgate.Iteration iteration(String className, String method) throws Exception {
        Class<?> type = type(className);
        Method found = found(type, method);
        found.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(found);
        MethodHandle bound = Modifier.isStatic(found.getModifiers()) ? handle : handle.bindTo(instance(type));
        MethodHandle call = bound.asType(NO_ARGUMENTS);
        return () -> call(call);
    }

    private static void call(MethodHandle call) throws Exception {
        try {
            call.invokeExact();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a method of a build threw neither an exception nor an error", e);
        }
    }

    private Class<?> type(String className) {
        Class<?> type;
        try {
            type = Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "there is no class " + className + " in the build " + classPath + "; check its name and class path",
                    e);
        }
        if (type.getClassLoader() != loader) {
            throw new IllegalArgumentException("class " + className + " is not in the build " + classPath
                    + " but in the test's own class path: comparing would measure the same code twice; add the build's"
                    + " jar or folder");
        }
        return type;
    }

    private Method found(Class<?> type, String method) {
        try {
            return type.getDeclaredMethod(method);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "class " + type.getName() + " in the build " + classPath + " declares no method " + method
                            + "() without parameters",
                    e);
        }
    }

    private Object instance(Class<?> type) throws Exception {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "class " + type.getName() + " in the build " + classPath
                            + " cannot be instantiated without arguments; give it such a constructor, or a static method",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "the constructor of class " + type.getName() + " in the build " + classPath + " threw "
                            + e.getCause(),
                    e);
        }
    }

    private static URL url(Path entry) {
        if (!Files.exists(entry)) {
            throw new IllegalArgumentException(
                    "the class path of a build names " + entry.toAbsolutePath() + ", which does not exist");
        }
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no class path can name " + entry, e);
        }
    }

    /** Closes its jars; classes that were not loaded before cannot be loaded any more. */
    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the build " + classPath, e);
        }
    }
}
