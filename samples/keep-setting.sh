# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the demonstrations, dash or bash. A helper in a session of its own reads from a pipe (descriptor 9, to be closed
# for all children) and puts the setting back when the script has ended, however it did.
#
#   keep_setting              remembers $setting; sets $before, and $work, a folder that goes with the helper
#   put_setting_back          waits for the helper; returns 1, with words, if the value is not back
#
# The setting is put back when no warden of a JVM holds it any more, and not earlier: a warden that finds the 0 which it set
# puts back the 1 that it had read, also where that 0 was written by us meanwhile.

keep_setting() {
    before=$(cat "$setting")
    work=$(mktemp -d)
    mkfifo "$work/alive"
    setsid sh -c '
        trap "" INT TERM HUP
        before=$1 setting=$2 work=$3
        echo "$$" >"$work/helper"
        read -r _ || true
        is_held() { # a lease is named after the warden that holds it
            for lease in /run/tailgate/numa_balancing.*.lease; do
                pid=${lease%.lease}
                [ "$(cat "/proc/${pid##*.}/comm" 2>/dev/null)" != tailgate-warden ] || return 0
            done
            return 1
        }
        while
            while is_held; do sleep 0.1; done
            [ "$(cat "$setting")" = "$before" ] || echo "$before" >"$setting"
            is_held
        do :; done
        rm -rf "$work"
    ' keep "$before" "$setting" "$work" <"$work/alive" >/dev/null 2>&1 &
    exec 9>"$work/alive"
}

put_setting_back() {
    exec 9>&-
    for _ in $(seq 150); do # 15 s
        [ -e "$work" ] || break
        sleep 0.1
    done
    now=$(cat "$setting")
    if [ -e "$work" ]; then
        echo "${0##*/}: $setting is $now and not yet back at $before: a test still holds it (/run/tailgate);" \
            "process $(cat "$work/helper") puts it back when that ends" >&2
        return 1
    elif [ "$now" != "$before" ]; then
        echo "${0##*/}: $setting was put back to $before and is $now: something else on this host has changed it" >&2
        return 1
    fi
    echo "${0##*/}: $setting is $now, as it was found"
}
