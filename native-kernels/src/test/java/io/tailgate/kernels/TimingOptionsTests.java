/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingOptionsTests {

    @Test
    void hasADefaultForEverything() {
        TimingOptions options = TimingOptions.parse();
        assertThat(options.precision()).isEqualTo(Precision.FP32);
        assertThat(options.algorithm()).isEqualTo(Algorithm.AUTO);
        assertThat(options.isa()).isEqualTo(Isa.BEST);
        assertThat(options.batch()).isEqualTo(1);
        assertThat(options.iterations()).isEqualTo(50);
        assertThat(options.warmup()).isEqualTo(5);
        assertThat(options.cpus()).isEmpty();
        assertThat(options.everyLayer()).isFalse();
        assertThat(options.json()).isEmpty();
    }

    @Test
    void takesWhatItIsTold(@TempDir Path folder) {
        Path json = folder.resolve("times.json");
        TimingOptions options = TimingOptions.parse(
                ("--model resnet152 --precision int8 --algorithm direct --isa avx2 --batch 8 --iterations 7 --warmup 0"
                                + " --cpus 0,2-3 --layers --json " + json)
                        .split(" ", -1));
        assertThat(options.precision()).isEqualTo(Precision.INT8);
        assertThat(options.algorithm()).isEqualTo(Algorithm.DIRECT);
        assertThat(options.isa()).isEqualTo(Isa.AVX2);
        assertThat(options.batch()).isEqualTo(8);
        assertThat(options.iterations()).isEqualTo(7);
        assertThat(options.warmup()).isZero();
        assertThat(options.cpus().orElseThrow()).hasToString("0,2-3");
        assertThat(options.everyLayer()).isTrue();
        assertThat(options.json()).contains(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "--model vgg16 > --model vgg16: the only model is resnet152",
                "--precision fp16 > --precision must be fp32|int8, but is \"fp16\"",
                "--algorithm fft > --algorithm must be auto|direct|winograd, but is \"fft\"",
                "--isa sse > but is \"sse\"",
                "--batch 0 > --batch must be a whole number from 1 to 1024, but is 0",
                "--batch 1.5 > --batch must be a whole number from 1 to 1024, but is \"1.5\"",
                "--iterations 100001 > --iterations must be a whole number from 1 to 100000, but is 100001",
                "--warmup -1 > --warmup must be a whole number from 0 to 100000, but is -1",
                "--cpus 3-1 > backward range",
                "--bacth 8 > --bacth is not an option; --help lists those that there are",
                "--batch > --batch must be followed by N, but is the last word",
                "--layers --layers > --layers is there twice; give it once",
                "--json / > --json must be a file, but / is a folder; name a file in it",
            })
    void saysWhatIsWrong(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimingOptions.parse(line.split(" ", -1)))
                .withMessageContaining(message);
    }

    @Test
    void refusesAFileThatItCouldNotWriteBeforeItTimes(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent/times.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimingOptions.parse("--json", absent.toString()))
                .withMessageContaining("make its folder first");
        Path there = Files.createFile(folder.resolve("times.json"));
        assertThat(TimingOptions.parse("--json", there.toString()).json()).contains(there);
    }

    @Test
    void listsEveryOption() {
        for (TimingOption option : TimingOption.values()) {
            assertThat(TimingOption.usage()).contains(option.text());
        }
        assertThat(TimingOption.usage()).contains("--precision fp32|int8", "(resnet152)");
    }
}
