/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Body;
import io.tailgate.plan.TestPlan;
import io.tailgate.report.TestReport;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Runs annotated tests as {@link GuardedRun}s; what is here is only what JUnit must be asked or told. */
class TailgateExtension
        implements BeforeEachCallback, AfterEachCallback, TestWatcher, ParameterResolver, InvocationInterceptor {

    /** Of what the callbacks of one test share: its stopwatch, the request of a {@link Tailgate} field, who runs it. */
    static final Namespace NAMESPACE = Namespace.create(TailgateExtension.class);

    /** Refuses what cannot be, before anything of the test has run. */
    @Override
    public void beforeEach(ExtensionContext context) {
        JupiterTest test = JupiterTest.of(context);
        test.discardEarlierReport();
        configuring(() -> {
            if (!test.isOff()) {
                test.requireOneField();
                Preflight.check(test.plan(), test.where(), test.machine());
            }
            return test;
        });
    }

    /** Asks how a factory ended: JUnit tells no watcher. */
    @Override
    public void afterEach(ExtensionContext context) {
        JupiterTest test = JupiterTest.of(context);
        if (test.isFactory()) {
            context.getExecutionException().ifPresent(test::endUnfinished);
        }
    }

    /** Hears of every end of a test, also of a timeout or a constructor that threw. */
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        JupiterTest.of(context).endUnfinished(cause);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        JupiterTest.of(context).endUnfinished(cause);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.supports(parameter.getParameter().getType())
                && !JupiterTest.of(context).isOnlyRegistered();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        JupiterTest test = JupiterTest.of(context);
        return configuring(() -> Injection.of(parameter.getParameter().getType(), test));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, () -> InvocationBody.bind(method), context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, () -> InvocationBody.bind(method), context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        JupiterTest test = JupiterTest.of(context);
        test.discardEarlierReport(); // which no beforeEach could: it knew the factory alone
        try {
            intercept(invocation, () -> dynamic.getExecutable()::execute, context);
        } catch (Throwable e) {
            test.endUnfinished(e); // JUnit tells no watcher
            throw e;
        }
    }

    private static void intercept(Invocation<Void> invocation, Supplier<Body> others, ExtensionContext context)
            throws Throwable {
        JupiterTest test = JupiterTest.of(context);
        if (test.isOff() || !test.claim()) {
            invocation.proceed();
            return;
        }
        TestPlan plan = configuring(test::plan);
        Body body = InvocationBody.of(invocation, configuring(others), plan.sampling());
        TestReport report = new GuardedRun(test.machine()).run(plan, body, test.parts(), test.freshly());
        if (!test.end()) {
            throw new IllegalStateException(
                    "[" + test.where() + "] was measured after it had ended, as by a @Timeout in a"
                            + " separate thread; its verdict is not reported");
        }
        Conclusion conclusion = Conclusion.of(report);
        context.publishReportEntry(conclusion.entries());
        Optional<Throwable> ending = conclusion.ending();
        if (ending.isPresent()) {
            throw ending.get();
        }
    }

    private static <T> T configuring(Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }
}
