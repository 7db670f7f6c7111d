/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.Locale;

/** Collects the shapes of one drawing; styles are classes of {@link Page}. */
final class Svg {

    static final int WIDTH = 1000;
    static final int LEFT = 72;

    /** The limits are labelled to the right of this. */
    static final int RIGHT = WIDTH - 88;

    private final StringBuilder shapes = new StringBuilder();
    private final String label;
    private final int height;

    Svg(String label, int height) {
        this.label = label;
        this.height = height;
    }

    Svg line(String cssClass, double x1, double y1, double x2, double y2) {
        shapes.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                cssClass,
                x1,
                y1,
                x2,
                y2));
        return this;
    }

    /** {@code anchor} is start, middle or end. */
    Svg text(String cssClass, String anchor, double x, double y, String text) {
        shapes.append(String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">",
                        cssClass,
                        anchor,
                        x,
                        y))
                .append(Markup.escape(text))
                .append("</text>");
        return this;
    }

    Svg path(String cssClass, double strokeWidth, CharSequence steps) {
        shapes.append(
                String.format(Locale.ROOT, "<path class=\"%s\" stroke-width=\"%.1f\" d=\"", cssClass, strokeWidth));
        shapes.append(steps).append("\"/>\n");
        return this;
    }

    /** A dot that shows {@code tip} under the pointer. */
    Svg dot(String cssClass, double x, double y, String tip) {
        shapes.append(String.format(
                        Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.8\">", cssClass, x, y))
                .append(Markup.tag("title", Markup.text(tip)).source())
                .append("</circle>\n");
        return this;
    }

    /** A vertical stroke of a path; where both ends meet, round line caps make it a dot. */
    static String stroke(double x, double from, double to) {
        return String.format(Locale.ROOT, "M%.1f %.1fV%.1f", x, from, to);
    }

    Svg box(String cssClass, double x, double y, double width, double height) {
        shapes.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"10\"/>\n",
                cssClass,
                x,
                y,
                width,
                height));
        return this;
    }

    /** The drawing for a page, which has its styles. */
    Markup done() {
        return drawing("");
    }

    /** The drawing as a file of its own. */
    String standalone() {
        return drawing("<style>\n" + Page.DRAWING_STYLE + "</style>\n").source() + "\n";
    }

    private Markup drawing(String style) {
        return new Markup("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"" + Markup.escape(label)
                + "\" viewBox=\"0 0 " + WIDTH + " " + height + "\">\n" + style + shapes + "</svg>");
    }
}
