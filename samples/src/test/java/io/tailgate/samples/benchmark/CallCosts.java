/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.benchmark;

import io.tailgate.machine.Machine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What each call of the machine costs: the machine, and what it hands out, behind a stopwatch. */
final class CallCosts {

    private static final int SHOWN = 8;

    private final Map<String, long[]> calls = new TreeMap<>(); // number and nanoseconds

    /** Prints the dearest calls of {@code test}, run {@code times} times. */
    void printFor(String title, Machine machine, int times, Consumer<Machine> test) {
        calls.clear();
        Machine timed = timed(Machine.class, machine);
        for (int i = 0; i < times; i++) {
            test.accept(timed);
        }
        System.out.println(title + ": calls of the machine, a test");
        calls.entrySet().stream()
                .sorted(Comparator.comparingLong(call -> -call.getValue()[1]))
                .limit(SHOWN)
                .forEach(call -> System.out.printf(
                        Locale.ROOT,
                        "  %-32s %5.1f calls, %7.3f ms%n",
                        call.getKey(),
                        (double) call.getValue()[0] / times,
                        call.getValue()[1] / 1e6 / times));
    }

    private <T> T timed(Class<T> type, Object subject) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(type, subject, method, arguments)));
    }

    private Object call(Class<?> type, Object subject, Method method, Object[] arguments) throws Throwable {
        long start = System.nanoTime();
        try {
            Object result = method.invoke(subject, arguments);
            return isPartOfTheMachine(method) ? timed(method.getReturnType(), result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            long[] call = calls.computeIfAbsent(type.getSimpleName() + "." + method.getName(), name -> new long[2]);
            call[0]++;
            call[1] += System.nanoTime() - start;
        }
    }

    private static boolean isPartOfTheMachine(Method method) {
        return method.getReturnType().isInterface()
                && method.getReturnType().getPackageName().equals(Machine.class.getPackageName());
    }
}
