/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.util.stream.Collectors.joining;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.measure.PartTimer;
import io.tailgate.plan.Enforcement.Mode;
import io.tailgate.plan.Placement;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.plan.TestRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test, a dynamic test or a test class asked for, found from its context. */
final class JupiterTest {

    private final ExtensionContext context;
    private final TestRequest annotated;
    private final TestRequest request;
    private final Settings settings;

    private JupiterTest(ExtensionContext context) {
        this.context = context;
        this.annotated = Annotations.of(context);
        this.request = annotated.orElse(registered());
        this.settings = new Settings(
                System::getProperty,
                key -> context.getConfigurationParameter(key).orElse(null));
    }

    static JupiterTest of(ExtensionContext context) {
        return new JupiterTest(context);
    }

    /** Leaves {@code request} to the tests at and below {@code context} as what their annotations do not say. */
    static void register(TestRequest request, ExtensionContext context) {
        store(context).put(TestRequest.class, request);
    }

    /** Throws {@link IllegalArgumentException} if one class has two fields: one would silently replace the other. */
    void requireOneField() {
        List<Field> fields = ReflectionSupport.findFields(
                testClass(),
                field -> field.getType() == Tailgate.class
                        && AnnotationSupport.isAnnotated(field, RegisterExtension.class),
                HierarchyTraversalMode.TOP_DOWN);
        if (fields.size() > 1) {
            String names = fields.stream()
                    .map(field -> field.getDeclaringClass().getSimpleName() + "." + field.getName())
                    .collect(joining(", "));
            throw new IllegalArgumentException("[" + where() + "] has two Tailgate fields or more (" + names
                    + ") and only one can count; say everything in one field, or in annotations");
        }
    }

    private TestRequest registered() {
        return store(context).getOrDefault(TestRequest.class, TestRequest.class, TestRequest.NONE);
    }

    /** Returns whether a {@link Tailgate} field asks for all there is, and annotations for nothing. */
    boolean isOnlyRegistered() {
        return annotated.equals(TestRequest.NONE) && !request.equals(TestRequest.NONE);
    }

    /** Returns whether this is the class before it has an instance, so that no method is known. */
    boolean isBeforeItsMethod() {
        return context.getTestMethod().isEmpty();
    }

    /** Returns true once a test: an annotation's and a field's interceptor may both stand around it. */
    boolean claim() {
        boolean first = store(context).get(context.getUniqueId()) == null;
        store(context).put(context.getUniqueId(), true);
        return first;
    }

    /** Returns true once a test, to whoever ends it first: a verdict, or JUnit when it gives a thread up. */
    boolean end() {
        Store around = store(context.getParent().orElseThrow()); // JUnit tells of an end when the test's own is closed
        synchronized (JupiterTest.class) { // computing if absent has another name in each JUnit
            boolean first = around.get(new End(context.getUniqueId())) == null;
            around.put(new End(context.getUniqueId()), true);
            return first;
        }
    }

    private record End(String uniqueId) {}

    /** Reports that the test ended because of {@code why} if it was to be measured and has no verdict. */
    void endUnfinished(Throwable why) {
        if (!isSurelyOff() && end()) {
            Conclusion.unfinished(name(), settings, why);
        }
    }

    private boolean isSurelyOff() {
        try {
            return isOff();
        } catch (IllegalArgumentException e) { // a mode that there is not may be what the test ended with
            return false;
        }
    }

    /** Returns whether this makes dynamic tests. */
    boolean isFactory() {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class);
    }

    /** Returns the machine, which tests of this library may replace. */
    Machine machine() {
        Machine replaced = store(context).get(Machine.class, Machine.class);
        return replaced == null ? Machines.ofThisHost() : replaced;
    }

    /** Returns the timer behind an injected {@link Stopwatch}, null if none was injected. */
    @Nullable
    PartTimer parts() {
        return store(context).get(PartTimer.class, PartTimer.class);
    }

    /** Returns the timer; one that a constructor got belongs to the class, whose contexts are around the test's. */
    PartTimer newParts() {
        PartTimer known = isBeforeItsMethod() ? null : parts();
        PartTimer timer = known == null ? new PartTimer() : known;
        store(context).put(PartTimer.class, timer);
        return timer;
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(TailgateExtension.NAMESPACE);
    }

    /** Returns what runs this very test in a process of its own. */
    FreshRun freshly() {
        return (first, took) -> FreshJvm.of(context, testClass()).after(first, took);
    }

    boolean isOff() {
        return request.mode(where(), settings) == Mode.OFF;
    }

    /** Removes the report of an earlier run: whatever becomes of this one, the old verdict is not its own. */
    void discardEarlierReport() {
        Conclusion.discardEarlier(name(), settings);
    }

    @Nullable
    Placement place() {
        return request.place(where(), settings);
    }

    /** Chooses CPUs at the first call; a test that was told of them runs on them, whichever are free when it starts. */
    CpuSet allotted(Placement place, Supplier<CpuSet> choice) {
        CpuSet told = store(context).get(place, CpuSet.class);
        CpuSet cpus = told == null ? choice.get() : told;
        store(context).put(place, cpus);
        return cpus;
    }

    TestPlan plan() {
        TestPlan plan = request.plan(name(), where(), settings);
        CpuSet told = plan.placement() == null ? null : store(context).get(plan.placement(), CpuSet.class);
        return told == null ? plan : plan.on(told);
    }

    /** Returns the test as JUnit's own messages name it: {@code void OrderBookTest.lookup(CpuSet)}. */
    String where() {
        int inPackage = testClass().getPackageName().length();
        String type = testClass().getName().substring(inPackage == 0 ? 0 : inPackage + 1);
        return method().map(method -> method.getReturnType().getSimpleName() + " " + type + "." + method.getName() + "("
                        + parameters(method, ", ") + ")")
                .orElse(type);
    }

    private TestName name() {
        Method method = method().orElseThrow();
        return TestName.of(
                testClass().getName(),
                method.getName(),
                overload(method),
                context.getDisplayName(),
                context.getUniqueId());
    }

    /** Tells a method from others of its name; whole type names would be long, so they are a checksum where needed. */
    private String overload(Method method) {
        List<Method> overloads = ReflectionSupport.findMethods(
                testClass(),
                other -> other.getName().equals(method.getName())
                        && AnnotationSupport.isAnnotated(other, Testable.class),
                HierarchyTraversalMode.TOP_DOWN);
        if (overloads.size() <= 1) {
            return "";
        }
        String simple = "-" + parameters(method, "-");
        long alike = overloads.stream()
                .filter(other -> simple.equals("-" + parameters(other, "-")))
                .count();
        int checksum = Arrays.toString(method.getParameterTypes()).hashCode(); // of names: the same in each run
        return alike > 1 ? simple + "-" + Integer.toHexString(checksum) : simple;
    }

    private static String parameters(Method method, String separator) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(joining(separator));
    }

    private Optional<Method> method() {
        return nearest(ExtensionContext::getTestMethod);
    }

    private Class<?> testClass() {
        return nearest(ExtensionContext::getTestClass).orElseThrow();
    }

    /** A dynamic test has neither method nor class; those of its factory are around it. */
    private <T> Optional<T> nearest(Function<ExtensionContext, Optional<T>> property) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Optional<T> found = property.apply(at.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
