/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;

/** A piece of XHTML; text becomes one only by being escaped, so no name or message can break a page. */
record Markup(String source) {

    static final Markup NOTHING = new Markup("");

    static Markup text(String text) {
        return new Markup(escape(text));
    }

    static Markup tag(String name, Markup... children) {
        return new Markup("<" + name + ">" + all(children).source + "</" + name + ">");
    }

    static Markup styled(String name, String cssClass, Markup... children) {
        return new Markup(
                "<" + name + " class=\"" + escape(cssClass) + "\">" + all(children).source + "</" + name + ">");
    }

    static Markup link(String target, String text) {
        return new Markup("<a href=\"" + escape(target) + "\">" + escape(text) + "</a>");
    }

    static Markup all(Markup... parts) {
        return all(Arrays.asList(parts));
    }

    static Markup all(List<Markup> parts) {
        return new Markup(parts.stream().map(Markup::source).collect(joining()));
    }

    /** Returns a table that scrolls by itself where it is wider than the page. */
    static Markup table(List<String> heads, List<List<Markup>> rows) {
        Markup head = all(heads.stream().map(name -> tag("th", text(name))).toList());
        Markup body = all(rows.stream().map(Markup::row).toList());
        return styled("div", "scroll", tag("table", tag("thead", tag("tr", head)), tag("tbody", body)));
    }

    private static Markup row(List<Markup> cells) {
        return new Markup(tag(
                                "tr",
                                all(cells.stream().map(cell -> tag("td", cell)).toList()))
                        .source + "\n");
    }

    /** Also keeps out what XML cannot hold at all. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> escaped.append(escape(c)));
        return escaped.toString();
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> isXml(codePoint) ? Character.toString(codePoint) : "\ufffd";
        };
    }

    private static boolean isXml(int c) {
        boolean space = c == '\t' || c == '\n' || c == '\r';
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return space || (c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF);
    }
}
