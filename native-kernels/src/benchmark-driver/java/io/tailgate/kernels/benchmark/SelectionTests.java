/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTests {

    private static final List<Scenario> ALL = Stream.of("int8-b8-t2", "int8-b8-t1", "int8-vnni-b8-t2", "sgemm-512-t2")
            .<Scenario>map(FakeScenario::named)
            .toList();

    @Test
    void takesAllUnlessTold() {
        assertThat(Selection.of(ALL, " ")).isEqualTo(ALL);
    }

    @Test
    void takesThoseThatBeginWithAName() {
        assertThat(Selection.of(ALL, "int8-b8, sgemm"))
                .extracting(Scenario::name)
                .containsExactly("int8-b8-t2", "int8-b8-t1", "sgemm-512-t2");
    }

    @Test
    void splitsNoPartOfAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> Selection.of(ALL, "int8-b"));
    }

    @Test
    void namesWhatNoScenarioBeginsWithAndWhatThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.of(ALL, "int8-b8,fp16"))
                .withMessage("no scenario begins with \"fp16\"; there are int8-b8-t2, int8-b8-t1, int8-vnni-b8-t2, "
                        + "sgemm-512-t2");
    }

    @Test
    void knowsTheirPlacesAmongAll() {
        assertThat(Selection.places(ALL, Selection.of(ALL, "int8-vnni,sgemm"))).containsExactly(2, 3);
    }
}
