/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Each package hides one decision; docs/decisions/001-packages.md says why they may see each other as they do. */
@AnalyzeClasses(packages = "io.tailgate", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String[] PURE = {"io.tailgate.plan", "io.tailgate.verdict", "io.tailgate.explain"};

    @ArchTest
    static final ArchRule PACKAGES_SEE_EACH_OTHER_ONLY_DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("root")
            .definedBy("io.tailgate")
            .layer("report")
            .definedBy("io.tailgate.report")
            .layer("explain")
            .definedBy("io.tailgate.explain")
            .layer("verdict")
            .definedBy("io.tailgate.verdict")
            .layer("measure")
            .definedBy("io.tailgate.measure")
            .layer("guard")
            .definedBy("io.tailgate.guard")
            .layer("environment")
            .definedBy("io.tailgate.environment")
            .layer("plan")
            .definedBy("io.tailgate.plan")
            .layer("machine")
            .definedBy("io.tailgate.machine")
            .layer("linux")
            .definedBy("io.tailgate.machine.linux")
            .whereLayer("root")
            .mayOnlyAccessLayers(
                    "report", "explain", "verdict", "measure", "guard", "environment", "plan", "machine", "linux")
            .whereLayer("report")
            .mayOnlyAccessLayers("explain", "verdict", "measure", "guard", "environment", "plan", "machine")
            .whereLayer("explain")
            .mayOnlyAccessLayers("measure", "plan", "machine")
            .whereLayer("verdict")
            .mayOnlyAccessLayers("plan")
            .whereLayer("measure")
            .mayOnlyAccessLayers("plan", "machine")
            .whereLayer("guard")
            .mayOnlyAccessLayers("plan", "machine")
            .whereLayer("environment")
            .mayOnlyAccessLayers("plan", "machine")
            .whereLayer("plan")
            .mayOnlyAccessLayers("machine")
            .whereLayer("linux")
            .mayOnlyAccessLayers("machine")
            .whereLayer("machine")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ONLY_THE_LINUX_PACKAGE_TOUCHES_JNA = noClasses()
            .that()
            .resideOutsideOfPackage("io.tailgate.machine.linux")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule ONLY_THE_ROOT_KNOWS_JUNIT = noClasses()
            .that()
            .resideOutsideOfPackage("io.tailgate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.opentest4j..");

    @ArchTest
    static final ArchRule THE_STORY_OF_A_TEST_KNOWS_NO_JUNIT = noClasses()
            .that()
            .belongToAnyOf(GuardedRun.class, Preflight.class, Shortfall.class, DirectRun.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..");

    @ArchTest
    static final ArchRule THE_PURE_PACKAGES_TOUCH_NO_FILES = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "com.sun.jna..");

    @ArchTest
    static final ArchRule THE_PURE_PACKAGES_READ_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    /** They ask a file of /proc for one byte, because its size is 0, and an integer sysctl ends there: 65536 becomes 6. */
    @ArchTest
    static final ArchRule FILES_OF_THE_KERNEL_ARE_READ_BEYOND_THEIR_SIZE = noClasses()
            .that()
            .resideInAnyPackage("io.tailgate.machine..", "io.tailgate.guard..", "io.tailgate.environment..")
            .should()
            .callMethod(Files.class, "readString", Path.class)
            .orShould()
            .callMethod(Files.class, "readString", Path.class, Charset.class)
            .orShould()
            .callMethod(Files.class, "readAllBytes", Path.class);

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("io.tailgate.(**)").should().beFreeOfCycles();
}
