/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks in its own class path first and asks its parent only for what is not there.
 *
 * <p>The JDK's classes and Tailgate's always come from the parent: both sides of a comparison must mean the same by them.
 */
final class BuildClassLoader extends URLClassLoader {

    private static final String TAILGATE = Tailgate.class.getPackageName();

    static {
        registerAsParallelCapable();
    }

    BuildClassLoader(URL[] classPath, ClassLoader parent) {
        super("tailgate-build", classPath, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = isShared(name) ? getParent().loadClass(name) : ownOrInherited(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> ownOrInherited(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notHere) {
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException nowhere) {
                nowhere.addSuppressed(notHere);
                throw nowhere;
            }
        }
    }

    private static boolean isShared(String name) {
        return name.startsWith("java.")
                || name.substring(0, Math.max(0, name.lastIndexOf('.'))).equals(TAILGATE);
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
