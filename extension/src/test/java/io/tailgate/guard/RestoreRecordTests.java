/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.ProcessIdentity;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreRecordTests {

    private static final ProcessIdentity OWNER = new ProcessIdentity(77, 700, "boot-1");
    private static final String WHOLE = new RestoreRecord(NUMA_BALANCING, "1", "0", OWNER).format();

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "4", "65536", "-1", "always [madvise] never"})
    void survivesBeingWritten(String before) {
        RestoreRecord record = new RestoreRecord(NUMA_BALANCING, before, "0", OWNER);
        assertThat(RestoreRecord.parse(record.format())).contains(record);
    }

    @Test
    void readsLikeThis() {
        assertThat(WHOLE).isEqualTo("""
                        tailgate-restore 1
                        setting=NUMA_BALANCING
                        before=1
                        ours=0
                        pid=77
                        start=700
                        boot=boot-1
                        crc32=cb0086aa
                        """);
    }

    static Stream<String> damaged() {
        return Stream.concat(
                IntStream.range(0, WHOLE.length()).mapToObj(end -> WHOLE.substring(0, end)),
                Stream.of(
                        WHOLE.replace("before=1", "before=2"),
                        WHOLE.replace("restore 1", "restore 2"),
                        WHOLE + "x",
                        WHOLE + WHOLE,
                        "\0".repeat(200)));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void isNotReadFromAnythingElse(String text) {
        assertThat(RestoreRecord.parse(text)).isEmpty();
    }
}
