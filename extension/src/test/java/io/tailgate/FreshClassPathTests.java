/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshClassPathTests {

    @Test
    void beginsWithWhatSurefireStartedTheJvmWith() {
        Map<String, String> properties =
                Map.of("surefire.real.class.path", "booter.jar", "java.class.path", "a.jar" + File.pathSeparator + "b");

        assertThat(FreshClassPath.of(properties::get, List.of())).containsExactly("booter.jar", "a.jar", "b");
    }

    @Test
    void namesEachPlaceOnceAndTheWorkingDirectoryNever() {
        String path = String.join(File.pathSeparator, "", "a.jar", "a.jar");

        assertThat(FreshClassPath.of(Map.of("java.class.path", path)::get, List.of()))
                .containsExactly("a.jar");
    }

    @Test
    void addsWhereTheNeededClassesAre() throws Exception {
        Path classes = Path.of(
                Work.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(FreshClassPath.of(key -> null, List.of(Work.class, String.class)))
                .containsExactly(classes.toString());
    }

    @Test
    void addsAllOfAClassLoaderOfItsOwn() throws Exception {
        URL classes = Work.class.getProtectionDomain().getCodeSource().getLocation();
        URL other = Path.of("with blank.jar").toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes, other}, null)) {
            Class<?> isolated = loader.loadClass(Work.class.getName());

            assertThat(FreshClassPath.of(key -> null, List.of(isolated)))
                    .hasSize(2)
                    .contains(Path.of("with blank.jar").toAbsolutePath().toString());
        }
    }
}
