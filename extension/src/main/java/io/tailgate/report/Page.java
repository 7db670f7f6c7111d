/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

/** The frame of every page: one file that fetches nothing, light or dark as the reader has it. */
final class Page {

    private static final String COLOURS = """
            :root { color-scheme: light dark;
              --page: #f7f7f4; --card: #ffffff; --ink: #16161a; --soft: #5c5b57; --line: #e3e2dc;
              --data: #2a78d6; --slow: #d9480f; --limit: #c92a2a;
              --good: #1f7a34; --bad: #c92a2a; --open: #8a5a00; }
            @media (prefers-color-scheme: dark) { :root {
              --page: #131312; --card: #1d1d1b; --ink: #f2f1ec; --soft: #b0afa6; --line: #373733;
              --data: #5aa0ee; --slow: #ff8a4c; --limit: #ff7b7b;
              --good: #51b86b; --bad: #ff7b7b; --open: #f0b440; } }
            """;

    private static final String LAYOUT = """
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink);
              font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 56px; }
            h1 { font-size: 22px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
            h2 { font-size: 16px; margin: 0 0 10px; }
            p { margin: 0 0 10px; max-width: 92ch; overflow-wrap: anywhere; }
            .soft { color: var(--soft); font-size: 13px; }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
              padding: 18px 20px; margin-top: 16px; }
            .badge { display: inline-block; padding: 1px 9px; border: 1.5px solid currentColor; border-radius: 99px;
              font-size: 12px; font-weight: 700; letter-spacing: .04em; vertical-align: 2px; white-space: nowrap; }
            .PASS { color: var(--good); } .FAIL, .UNREADABLE, .did-not-finish { color: var(--bad); } .INCONCLUSIVE { color: var(--open); }
            .tiles { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 16px; }
            .tile { flex: 1 1 100px; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
              padding: 10px 14px; }
            .tile b { display: block; font-size: 20px; font-weight: 600; white-space: nowrap; }
            .scroll { overflow-x: auto; } .scroll + .scroll { margin-top: 18px; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
            th { text-align: left; color: var(--soft); font-weight: 600; font-size: 12px; white-space: nowrap; }
            th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            tbody tr:last-child td { border-bottom: 0; }
            td { overflow-wrap: break-word; } td:first-child { min-width: 110px; } .name { min-width: 230px; overflow-wrap: anywhere; } .tight { white-space: nowrap; }
            .bar { display: inline-block; height: 9px; border-radius: 2px; background: var(--slow); margin-right: 8px; }
            a { color: var(--data); }
            svg { display: block; width: 100%; height: auto; }
            """;

    private static final String STROKES = """
            svg text { fill: var(--soft); font-size: 12px; }
            svg .limit-text { fill: var(--limit); font-weight: 600; }
            .grid { stroke: var(--line); } .axis { stroke: var(--soft); }
            .data { stroke: var(--data); fill: none; stroke-linecap: round; stroke-linejoin: round; }
            .slow { stroke: var(--slow); fill: var(--slow); stroke-linecap: round; }
            .bars { stroke-linecap: butt; }
            .limit { stroke: var(--limit); stroke-dasharray: 7 4; stroke-width: 1.5; }
            .median { stroke: var(--ink); stroke-dasharray: 2 3; }
            .interval { stroke: var(--ink); stroke-width: 2; fill: none; } .point { fill: var(--ink); }
            .tip { fill: var(--slow); stroke: transparent; stroke-width: 10px; }
            """;

    private static final String STYLE = COLOURS + LAYOUT + STROKES;

    /** For a drawing that is a file of its own, light or dark on its own ground. */
    static final String DRAWING_STYLE = COLOURS + STROKES + """
            svg { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            svg text { font-size: 13px; }
            svg .title { font-size: 17px; font-weight: 600; fill: var(--ink); }
            svg .figures { font-size: 15px; fill: var(--ink); }
            svg .PASS { fill: var(--good); } svg .FAIL { fill: var(--bad); } svg .INCONCLUSIVE { fill: var(--open); }
            .page { fill: var(--card); stroke: var(--line); }
            """;

    private Page() {}

    static String render(String title, Markup... body) {
        return "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + Markup.tag("title", Markup.text(title)).source() + "\n<style>\n" + STYLE + "</style></head>\n<body>"
                + Markup.tag("main", body).source() + "</body></html>\n";
    }

    /** A verdict by word and colour. */
    static Markup badge(String verdict) {
        return Markup.styled("span", "badge " + verdict.replace(' ', '-'), Markup.text(verdict));
    }
}
