/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** Who puts right what a killed warden left behind. */
enum Recovery {
    /** The JVM starts another one at once and holds again. */
    REPLACEMENT {
        @Override
        Ending recover(Round round, Optional<HolderProcess> survivor) throws Exception {
            HolderProcess holder = survivor.orElseThrow();
            holder.startWarden();
            holder.hold(round.before());
            assertThat(holder.answerTo("release"))
                    .isEqualTo("restored " + round.ground().setting().name() + " " + round.before());
            holder.leave();
            return Ending.RESTORED_BY_REPLACEMENT;
        }
    },
    NEXT_START {
        @Override
        Ending recover(Round round, Optional<HolderProcess> survivor) throws Exception {
            leave(survivor);
            DirectWarden next = round.directWarden();
            next.hold(round.before());
            next.leave();
            return Ending.RESTORED_BY_NEXT_START;
        }
    },
    COMMAND {
        @Override
        Ending recover(Round round, Optional<HolderProcess> survivor) throws Exception {
            RestoreCommand.run(round.ground());
            round.assertRestored();
            leave(survivor);
            return Ending.RESTORED_BY_COMMAND;
        }
    };

    abstract Ending recover(Round round, Optional<HolderProcess> survivor) throws Exception;

    private static void leave(Optional<HolderProcess> survivor) throws Exception {
        if (survivor.isPresent()) {
            survivor.get().leave();
        }
    }
}
