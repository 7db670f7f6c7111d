/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What remains of a FAIL on a disturbed machine: a bound's FAIL stands if it is one without the disturbance, too.
 *
 * <p>Otherwise the bound is INCONCLUSIVE, never PASS: what the test would have done on a quiet machine was not measured,
 * only estimated. For the same reason a PASS is judged by what was measured alone. So the error of a FAIL can only become
 * smaller, and that of a PASS stays.
 */
public final class StandingFail {

    private StandingFail() {}

    /**
     * Returns {@code judged} with each FAIL that does not stand made INCONCLUSIVE.
     *
     * @param undisturbed the verdict on the same run with what is known of the disturbance taken out
     * @param disturbance what was seen, with numbers; ends the reason of each bound that it decides
     */
    public static Verdict of(Verdict judged, Verdict undisturbed, String disturbance) {
        List<BoundVerdict> bounds = new ArrayList<>();
        for (int i = 0; i < judged.bounds().size(); i++) {
            bounds.add(standing(judged.bounds().get(i), undisturbed.bounds().get(i), disturbance));
        }
        return standing(judged, bounds);
    }

    private static BoundVerdict standing(BoundVerdict judged, BoundVerdict undisturbed, String disturbance) {
        if (judged.outcome() != Outcome.FAIL || undisturbed.outcome() == Outcome.FAIL) {
            return judged;
        }
        return judged.doubted(String.format(
                Locale.ROOT,
                "but the machine was disturbed: %s; without that %,d of %,d were slower, which is no FAIL",
                disturbance,
                undisturbed.exceedances(),
                undisturbed.iterations()));
    }

    /**
     * Returns {@code judged} with each FAIL that a second run of the test does not repeat made INCONCLUSIVE.
     *
     * <p>Two false FAILs in independent runs have the product of their errors.
     *
     * @param where the second run was, in words: {@code in the same process}
     */
    public static Verdict confirmed(Verdict judged, Verdict again, String where) {
        List<BoundVerdict> bounds = new ArrayList<>();
        for (int i = 0; i < judged.bounds().size(); i++) {
            BoundVerdict second = again.bounds().get(i);
            boolean repeated = again.outcome() == Outcome.FAIL && second.outcome() == Outcome.FAIL;
            BoundVerdict first = judged.bounds().get(i);
            boolean stands = first.outcome() != Outcome.FAIL || repeated;
            bounds.add(stands ? first : first.doubted(unconfirmed(again, second, where)));
        }
        return standing(judged, bounds);
    }

    /** Keeps the remarks only with the outcome of which they speak. */
    private static Verdict standing(Verdict judged, List<BoundVerdict> bounds) {
        Outcome worst = Outcome.worst(bounds);
        return new Verdict(worst, bounds, worst == judged.outcome() ? judged.remarks() : List.of());
    }

    private static String unconfirmed(Verdict again, BoundVerdict second, String where) {
        return String.format(
                Locale.ROOT,
                "but a second run %s was to confirm that and is %s: there %,d of %,d were slower (%s)",
                where,
                again.outcome(),
                second.exceedances(),
                second.iterations(),
                second.reason());
    }
}
