/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * What became of one file of a {@link KernelSetting}, in the words of the {@link Warden}.
 *
 * @param id the setting's name for the warden, and the file's number where it has several: {@code governor.3}
 * @param before what will be restored, empty where nothing will
 * @param now as read back, empty where it was not
 * @param words why not, for {@link Kind#ABSENT} and {@link Kind#REFUSED}, else empty
 */
public record SettingState(String id, Kind kind, String before, String now, String words) {

    public enum Kind {
        /** Changed by us, now or earlier, be it for another process: {@code before} comes back in the end. */
        HELD,
        /** It had the wanted value and nothing of ours gave it that. */
        KEPT,
        /** This machine has no such file. */
        ABSENT,
        /** The kernel or the warden would not. */
        REFUSED,
        /** Set back to what it was. */
        RESTORED,
        /** Others still hold it. */
        SHARED,
        /** Someone else changed it since, so it is left alone. */
        FOREIGN
    }

    public static SettingState held(String id, String before, String now) {
        return new SettingState(id, Kind.HELD, before, now, "");
    }

    /** Returns a state with a value and nothing to restore. */
    public static SettingState of(Kind kind, String id, String now) {
        return new SettingState(id, kind, "", now, "");
    }

    public static SettingState absent(String id, String words) {
        return new SettingState(id, Kind.ABSENT, "", "", words);
    }

    public static SettingState refused(String id, String words) {
        return new SettingState(id, Kind.REFUSED, "", "", words);
    }
}
