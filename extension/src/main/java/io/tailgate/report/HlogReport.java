/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.measure.Measurement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** A run as one interval of a HdrHistogram log, tagged with the test's name; the values are nanoseconds. */
final class HlogReport {

    /** The log's columns are separated by commas, and its tags may hold neither those nor white space. */
    private static final Pattern NOT_IN_A_TAG = Pattern.compile("[,\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+");

    private HlogReport() {}

    static String render(TestReport report) {
        Measurement measured = report.measured();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter log = new HistogramLogWriter(bytes);
        log.outputComment("[Tailgate: latency in nanoseconds of "
                + Wording.oneLine(Wording.fullName(report.plan().name())) + "]");
        log.outputLogFormatVersion();
        log.outputStartTime(measured.startEpochMs());
        log.setBaseTime(measured.startEpochMs());
        log.outputLegend();
        log.outputIntervalHistogram(tagged(report));
        log.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Histogram tagged(TestReport report) {
        Histogram histogram = report.measured().histogram().copy(); // a tag would be a change to what others still read
        histogram.setTag(NOT_IN_A_TAG.matcher(report.plan().name().toString()).replaceAll("_"));
        histogram.setStartTimeStamp(report.measured().startEpochMs());
        histogram.setEndTimeStamp(report.measured().endEpochMs());
        return histogram;
    }
}
