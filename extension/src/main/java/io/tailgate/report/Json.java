/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, booleans and nulls as JSON (RFC 8259). */
final class Json {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;

    private Json(boolean pretty) {
        this.pretty = pretty;
    }

    /** Returns an indented text that ends with a newline. */
    static String pretty(Object value) {
        return new Json(true).value(value, 0).text.append('\n').toString();
    }

    /** Returns one line. */
    static String compact(Object value) {
        return new Json(false).value(value, 0).text.toString();
    }

    private Json value(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            nested('{', map.entrySet().iterator(), '}', depth);
        } else if (value instanceof List<?> list) {
            nested('[', list.iterator(), ']', depth);
        } else if (value instanceof Map.Entry<?, ?> field) {
            string(field.getKey().toString());
            text.append(pretty ? ": " : ":");
            value(field.getValue(), depth);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value == null || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
        return this;
    }

    private void nested(char open, Iterator<?> children, char close, int depth) {
        text.append(open);
        boolean empty = !children.hasNext();
        while (children.hasNext()) {
            newLine(depth + 1);
            value(children.next(), depth + 1);
            text.append(children.hasNext() ? "," : "");
        }
        if (!empty) {
            newLine(depth);
        }
        text.append(close);
    }

    private void newLine(int depth) {
        if (pretty) {
            text.append('\n').append(INDENT.repeat(depth));
        }
    }

    /** JSON has no NaN and no infinity: they are null. A whole double is written without a fraction. */
    private void number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            text.append("null");
        } else if (number instanceof Double && value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            text.append((long) value);
        } else {
            text.append(number);
        }
    }

    private void string(String string) {
        text.append('"');
        string.chars().forEach(c -> text.append(escaped((char) c)));
        text.append('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            // beyond what JSON asks: line separators break scripts, and a lone surrogate cannot be written as UTF-8
            default ->
                c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)
                        ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                        : String.valueOf(c);
        };
    }
}
