/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.lang.StackWalker.Option.RETAIN_CLASS_REFERENCE;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.BoundRequest;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.PlacementRequest;
import io.tailgate.plan.QuietSetting;
import io.tailgate.plan.SamplingRequest;
import io.tailgate.plan.TestRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * What {@link PinnedNuma}, {@link MaxTailLatency} and {@link Sampling} say, said in code. Immutable.
 *
 * <p>In a test class it stands in a field and applies to every test of the class; an annotation on the class or a method
 * replaces what it says of the same kind. Unlike an annotation a field cannot keep other tests away during parallel
 * execution: add {@code @Isolated} to its class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static Tailgate tailgate = Tailgate.pinnedNuma().cpus("2-3").maxTailLatency(percentile(99).timesMedian(3));
 * }</pre>
 *
 * <p>Without JUnit's engine, {@link #measure} runs a body and returns the verdict:
 *
 * <pre>{@code
 * TailgateResult result = Tailgate.measure("lookup", tailgate, () -> book.lookup(key));
 * }</pre>
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class Tailgate
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                TestWatcher,
                ParameterResolver,
                InvocationInterceptor {

    /** One iteration of what {@link #measure} measures. */
    @FunctionalInterface
    public interface Iteration {
        /** Runs it; an exception ends the measurement and is thrown by {@link #measure}. */
        void run() throws Exception;
    }

    /** One asynchronous iteration of what {@link #measureAsync} measures. */
    @FunctionalInterface
    public interface AsyncIteration {
        /** Starts it; the iteration ends when the stage completes. */
        CompletionStage<?> start() throws Exception;
    }

    private static final PlacementRequest ANYWHERE =
            new PlacementRequest(-1, "", 0, MemoryPlacement.LOCAL, BalancingPlan.OFF, List.of());

    private final TestRequest request;
    private final TailgateExtension extension = new TailgateExtension();

    private Tailgate(TestRequest request) {
        this.request = request;
    }

    /** Starts with {@link PinnedNuma} and its defaults. */
    public static Tailgate pinnedNuma() {
        return new Tailgate(new TestRequest(ANYWHERE, List.of(), null));
    }

    /** Starts without {@link PinnedNuma}: measured where the thread happens to run, and nothing is changed. */
    public static Tailgate unpinned() {
        return new Tailgate(new TestRequest(null, List.of(), SamplingRequest.DEFAULT));
    }

    /** Says {@link PinnedNuma#node()}. */
    public Tailgate node(int node) {
        PlacementRequest place = place();
        return at(new PlacementRequest(
                node, place.cpus(), place.cpuCount(), place.memory(), place.balancing(), place.quiet()));
    }

    /** Says {@link PinnedNuma#cpus()}. */
    public Tailgate cpus(String cpus) {
        PlacementRequest place = place();
        return at(new PlacementRequest(
                place.node(), cpus, place.cpuCount(), place.memory(), place.balancing(), place.quiet()));
    }

    /** Says {@link PinnedNuma#cpuCount()}. */
    public Tailgate cpuCount(int cpuCount) {
        PlacementRequest place = place();
        return at(new PlacementRequest(
                place.node(), place.cpus(), cpuCount, place.memory(), place.balancing(), place.quiet()));
    }

    /** Says {@link PinnedNuma#memory()}. */
    public Tailgate memory(MemoryPolicy memory) {
        PlacementRequest place = place();
        MemoryPlacement placement = Annotations.placement(memory);
        return at(new PlacementRequest(
                place.node(), place.cpus(), place.cpuCount(), placement, place.balancing(), place.quiet()));
    }

    /** Says {@link PinnedNuma#numaBalancing()}. */
    public Tailgate numaBalancing(NumaBalancing balancing) {
        PlacementRequest place = place();
        BalancingPlan plan = Annotations.balancing(balancing);
        return at(new PlacementRequest(
                place.node(), place.cpus(), place.cpuCount(), place.memory(), plan, place.quiet()));
    }

    /** Says {@link PinnedNuma#quiet()}. */
    public Tailgate quiet(NoiseSource... sources) {
        PlacementRequest place = place();
        List<QuietSetting> quiet = Annotations.quiet(sources);
        return at(new PlacementRequest(
                place.node(), place.cpus(), place.cpuCount(), place.memory(), place.balancing(), quiet));
    }

    /** Adds a bound; all must hold. */
    public Tailgate maxTailLatency(TailBound bound) {
        List<BoundRequest> bounds = new ArrayList<>(request.bounds());
        bounds.add(bound.request());
        return new Tailgate(new TestRequest(request.placement(), bounds, request.sampling()));
    }

    /** Says {@link Sampling#iterations()}. */
    public Tailgate iterations(int iterations) {
        SamplingRequest now = sampling();
        return as(new SamplingRequest(iterations, now.warmup(), now.atMost(), now.rate(), now.threads()));
    }

    /** Says {@link Sampling#warmup()}. */
    public Tailgate warmup(int warmup) {
        SamplingRequest now = sampling();
        return as(new SamplingRequest(now.iterations(), warmup, now.atMost(), now.rate(), now.threads()));
    }

    /** Says {@link Sampling#atMost()}. */
    public Tailgate atMost(String time) {
        SamplingRequest now = sampling();
        return as(new SamplingRequest(now.iterations(), now.warmup(), time, now.rate(), now.threads()));
    }

    /** Says {@link Sampling#rate()}. */
    public Tailgate rate(String rate) {
        SamplingRequest now = sampling();
        return as(new SamplingRequest(now.iterations(), now.warmup(), now.atMost(), rate, now.threads()));
    }

    /** Says {@link Sampling#threads()}. */
    public Tailgate threads(int threads) {
        SamplingRequest now = sampling();
        return as(new SamplingRequest(now.iterations(), now.warmup(), now.atMost(), now.rate(), threads));
    }

    /**
     * Measures {@code body} here and now, on the calling thread, and writes its report; needs no JUnit engine, only JUnit's
     * API on the class path. Configuration keys are read from system properties.
     *
     * @param name of the measurement, which its report is named after, below the calling class's
     * @return the verdict, whichever it is; a bound that is exceeded throws nothing
     * @throws IllegalArgumentException if {@code options} ask for what cannot be, before anything is changed
     */
    public static TailgateResult measure(String name, Tailgate options, Iteration body) throws Exception {
        Class<?> caller = StackWalker.getInstance(RETAIN_CLASS_REFERENCE).getCallerClass();
        return new DirectRun(caller.getName(), name).measure(options.request, body::run);
    }

    /**
     * Like {@link #measure}, of iterations that end elsewhere: each lasts from its start until its stage completes, by the
     * clock of the thread that completes it, so the time in which the caller wakes up does not count. The next one starts
     * when the caller has woken up.
     *
     * <p>A stage that completes exceptionally ends the measurement with that exception; one that never does, never ends it.
     */
    public static TailgateResult measureAsync(String name, Tailgate options, AsyncIteration body) throws Exception {
        Class<?> caller = StackWalker.getInstance(RETAIN_CLASS_REFERENCE).getCallerClass();
        return new DirectRun(caller.getName(), name).measure(options.request, new AsyncBody(body));
    }

    /**
     * Measures two bodies in one run, like {@link #measure}, and judges the candidate's tail by the baseline's: FAIL if it
     * is above {@link TailBound#timesBaseline} times that, PASS if it is within, else INCONCLUSIVE.
     *
     * <p>In every two iterations each body runs once, in random order, so what disturbs the machine disturbs both alike.
     * {@link #iterations} counts both together. The order's seed is in the report; {@code tailgate.compare.seed} sets it.
     *
     * @param options with bounds of that kind, and one thread
     * @see Build
     */
    public static TailgateResult compare(String name, Tailgate options, Iteration baseline, Iteration candidate)
            throws Exception {
        Class<?> caller = StackWalker.getInstance(RETAIN_CLASS_REFERENCE).getCallerClass();
        return new DirectRun(caller.getName(), name).compare(options.request, baseline::run, candidate::run);
    }

    private PlacementRequest place() {
        return Objects.requireNonNullElse(request.placement(), ANYWHERE);
    }

    private SamplingRequest sampling() {
        return Objects.requireNonNullElse(request.sampling(), SamplingRequest.DEFAULT);
    }

    private Tailgate at(PlacementRequest placement) {
        return new Tailgate(new TestRequest(placement, request.bounds(), request.sampling()));
    }

    private Tailgate as(SamplingRequest sampling) {
        return new Tailgate(new TestRequest(request.placement(), request.bounds(), sampling));
    }

    /** {@inheritDoc} */
    @Override
    public void beforeAll(ExtensionContext context) {
        JupiterTest.register(request, context);
    }

    /** {@inheritDoc} */
    @Override
    public void beforeEach(ExtensionContext context) {
        JupiterTest.register(request, context);
        extension.beforeEach(context);
    }

    /** {@inheritDoc} */
    @Override
    public void afterEach(ExtensionContext context) {
        extension.afterEach(context);
    }

    /** {@inheritDoc} */
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        extension.testFailed(context, cause);
    }

    /** {@inheritDoc} */
    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        extension.testAborted(context, cause);
    }

    /** {@inheritDoc} */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.supports(parameter.getParameter().getType())
                && JupiterTest.of(context).isOnlyRegistered();
    }

    /** {@inheritDoc} */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return extension.resolveParameter(parameter, context);
    }

    /** {@inheritDoc} */
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        extension.interceptTestMethod(invocation, method, context);
    }

    /** {@inheritDoc} */
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        extension.interceptTestTemplateMethod(invocation, method, context);
    }

    /** {@inheritDoc} */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        extension.interceptDynamicTest(invocation, dynamic, context);
    }
}
