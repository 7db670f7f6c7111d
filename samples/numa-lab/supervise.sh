# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: one run of the guest from boot to exit status, within the limit, and nothing left of it afterwards.

boot_limit=60 # s until the command begins; it takes 4 to 10 s
run=          # temporary folder

prepare_run() {
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    run=$(mktemp -d -t tailgate-lab.XXXXXX)
    mkdir -p "$out" || fail "wanted to make the folder $out, found that it cannot be made; give another --out"
    rm -f "$out"/console*.log
    end=$((SECONDS + limit))
}

clean_up() {
    end_children
    [ -z "$run" ] || rm -rf "$run"
}

# KILL: the guest is thrown away anyhow. wait: when we are gone, they are. The rest keeps bash from telling of it.
end_children() {
    local running
    running=$(jobs -pr)
    { kill -KILL $running; wait $running; } 2>/dev/null || true
    disown -a
}

# Multi-threaded TCG patches the running kernel's code with a small race: about one boot in 55 panics before the command
# begins. Such a boot is repeated, twice at most; a command that began never is.
run_guest() {
    local boot
    for boot in 1 2 3; do
        say "boot $boot: ${kernel_folder##*/}, $nodes nodes of $memory MiB, $cpus CPUs, $((end - SECONDS)) s left"
        start_guest
        ! wait_for_begin || follow_command
        end_children
        [ "$SECONDS" -lt "$end" ] || end_at_limit
        say "boot $boot failed"
        mv "$out/console.log" "$out/console-failed-boot-$boot.log"
    done
    show_console "$out/console-failed-boot-3.log"
    fail "wanted the guest to begin the command within $boot_limit s, found that 3 boots did not; its console is above"
}

start_guest() {
    : >"$run/output"
    : >"$run/status"
    : >"$out/console.log"
    # always: nobody changes the tree under the guest. auto: what the host changes in the out folder is seen in time
    start_sharing host / always
    start_sharing out "$out" auto
    guest_of_this_run
    "${dying_with_lab[@]}" "${guest[@]}" </dev/null >"$run/qemu.log" 2>&1 &
    qemu=$!
    if [ -n "$verbose" ]; then
        "${dying_with_lab[@]}" tail -f "$out/console.log" >&2 &
    fi
}

wait_for_begin() {
    local give_up=$((SECONDS + boot_limit))
    until grep -q began "$run/status"; do
        kill -0 "$qemu" 2>/dev/null && [ "$SECONDS" -lt "$give_up" ] && [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

# Does not return: a command that began decides how the lab ends.
follow_command() {
    # --pid: ends after the guest's last words
    "${dying_with_lab[@]}" tail -n +1 -s 0.1 --pid="$qemu" -f "$run/output" &
    local reader=$! timer
    "${dying_with_lab[@]}" sleep $((end - SECONDS)) &
    timer=$!
    wait -n "$qemu" "$timer" || true
    if kill -0 "$qemu" 2>/dev/null; then
        kill -KILL "$qemu"
        wait "$qemu" 2>/dev/null || true
        wait "$reader"
        end_at_limit
    fi
    wait "$reader"
    end_as_command
}

end_as_command() {
    local status
    status=$(sed -n 's/^ended //p' "$run/status")
    [ -z "$status" ] || exit "$status"
    show_console "$out/console.log"
    fail "wanted the command's exit status, found that the guest ended without one; its console is above"
}

end_at_limit() {
    echo "lab: ended by the limit of $limit s; the guest's console is in $out/console.log" >&2
    exit 124
}

# A panic ends with some 40 lines of registers and stack.
show_console() { # FILE
    cat "$run/qemu.log" >&2
    tail -n 60 "$1" >&2
}
