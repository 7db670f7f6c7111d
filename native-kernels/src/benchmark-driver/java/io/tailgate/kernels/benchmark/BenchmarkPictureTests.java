/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BenchmarkPictureTests {

    @Test
    void drawsABarOnTheSideOfTheLineThatItsRatioIsOn() throws Exception {
        Document picture = picture(Results.of(
                "x",
                Results.ours(10.0),
                Results.measured(Maker.ONEDNN, "oneDNN", 12.0),
                Results.measured(Maker.ONNX_RUNTIME, "ORT", 8.0)));
        double one = number(only(picture, "line", "one"), "x1");
        Element faster = only(picture, "rect", "onednn");
        Element slower = only(picture, "rect", "onnx_runtime");
        assertThat(number(faster, "x")).isEqualTo(one);
        assertThat(number(slower, "x") + number(slower, "width")).isEqualTo(one);
        assertThat(number(slower, "width")).isEqualTo(number(faster, "width"));
    }

    @Test
    void saysWhatTheRatioIsAlsoWhereTheBarIsCut() throws Exception {
        Document picture = picture(Results.of("x", Results.ours(10.0), Results.measured(Maker.ONEDNN, "oneDNN", 41.0)));
        assertThat(picture.getDocumentElement().getTextContent()).contains("4.10 oneDNN, cut off");
    }

    @Test
    void isWellFormedWhateverTheNames() throws Exception {
        Document picture = picture(Results.of(
                "a<b>&c", Results.measured(Maker.OURS, "ours, <&>", 1.0), Results.measured(Maker.ONEDNN, "x", 1.0)));
        assertThat(picture.getDocumentElement().getTextContent()).contains("a<b>&c, <&>");
    }

    @Test
    void letsNoRowsOverlapAndNoneLeaveThePicture() throws Exception {
        Document picture = picture(IntStream.range(0, 30)
                .mapToObj(i -> Results.of(
                        "scenario-" + i,
                        Results.ours(10.0),
                        Results.measured(Maker.ONEDNN, "oneDNN", 11.0),
                        Results.measured(Maker.ONNX_RUNTIME, "ORT", 90.0)))
                .toArray(ScenarioResult[]::new));
        List<Element> bars = elements(picture, "rect").stream()
                .filter(rect -> !rect.getAttribute("class").equals("page"))
                .toList();
        assertThat(bars).hasSize(60);
        for (int i = 1; i < bars.size(); i++) {
            Element above = bars.get(i - 1);
            assertThat(number(bars.get(i), "y")).isGreaterThanOrEqualTo(number(above, "y") + number(above, "height"));
        }
        Element last = bars.get(bars.size() - 1);
        String[] box = picture.getDocumentElement().getAttribute("viewBox").split(" ", -1);
        assertThat(number(last, "y") + number(last, "height")).isLessThan(Double.parseDouble(box[3]));
        assertThat(number(last, "x") + number(last, "width")).isLessThan(Double.parseDouble(box[2]));
    }

    @Test
    void leavesOutWhatHasNoPeer() throws Exception {
        Document picture = picture(Results.of("cold-start-fp32", Results.ours(1.0)));
        assertThat(picture.getDocumentElement().getTextContent()).doesNotContain("cold-start");
    }

    private static Document picture(ScenarioResult... results) throws Exception {
        String svg = BenchmarkPicture.of(OverRuns.of(List.of(List.of(results))));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static Element only(Document picture, String tag, String kind) {
        List<Element> found = elements(picture, tag).stream()
                .filter(each -> each.getAttribute("class").equals(kind))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Element> elements(Document picture, String tag) {
        NodeList all = picture.getElementsByTagName(tag);
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
