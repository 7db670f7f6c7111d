/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Body;
import io.tailgate.plan.SamplingPlan;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * A test as the body of a loop.
 *
 * <p>JUnit lets an invocation proceed once. The first call does so, so that the interceptors of other extensions run; the
 * others go straight to the method, without allocation, on the same thread and with the same arguments.
 */
final class InvocationBody implements Body {

    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);

    private @Nullable Invocation<Void> first;
    private final Body others;

    private InvocationBody(@Nullable Invocation<Void> first, Body others) {
        this.first = first;
        this.others = others;
    }

    /**
     * Returns a test as a body.
     *
     * <p>The first call goes through JUnit if that is a warm-up, or the only one; else the invocation is skipped, for
     * its interceptors would be in the measurement, or on another thread than JUnit's.
     */
    static InvocationBody of(Invocation<Void> invocation, Body others, SamplingPlan sampling) {
        boolean proceeding = sampling.threads() == 1 && (sampling.warmup() != 0 || sampling.iterations() == 1);
        if (!proceeding) {
            invocation.skip();
        }
        return new InvocationBody(proceeding ? invocation : null, others);
    }

    /** Binds a test method to its instance and its arguments, or throws {@link IllegalArgumentException}. */
    static Body bind(ReflectiveInvocationContext<Method> invocation) {
        Method method = invocation.getExecutable();
        Object[] arguments = invocation.getArguments().toArray();
        if (arguments.length != method.getParameterCount()) {
            throw new IllegalArgumentException("the method takes " + method.getParameterCount() + " arguments and got "
                    + arguments.length + "; a suspending function cannot be repeated, block in a plain one");
        }
        MethodHandle handle = accessible(method).asFixedArity();
        MethodHandle onInstance = invocation.getTarget().map(handle::bindTo).orElse(handle);
        MethodHandle call =
                MethodHandles.insertArguments(onInstance, 0, arguments).asType(NO_ARGUMENTS);
        return new Call(call);
    }

    private static MethodHandle accessible(Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the method cannot be called: " + e.getMessage() + "; open its package to io.tailgate", e);
        }
    }

    @Override
    public void run() throws Throwable {
        Invocation<Void> once = first;
        if (once == null) {
            others.run();
        } else {
            first = null;
            once.proceed();
        }
    }

    /** The call proper; its signature is exactly that of the handle, or {@code invokeExact} would refuse it. */
    private record Call(MethodHandle handle) implements Body {
        @Override
        public void run() throws Throwable {
            handle.invokeExact();
        }
    }
}
