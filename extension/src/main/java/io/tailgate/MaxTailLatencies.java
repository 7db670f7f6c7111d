/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Holds several {@link MaxTailLatency} annotations; the compiler writes it.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, ANNOTATION_TYPE})
@ResourceLock(Resources.GLOBAL) // JUnit does not look into a container for the lock and the extension
@ExtendWith(TailgateExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface MaxTailLatencies {

    /** The bounds; all must hold. */
    MaxTailLatency[] value();
}
