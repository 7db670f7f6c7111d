# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: what the kernel starts with: busybox, its modules, guest-init, and this run's command. What the guest
# must know stands in files of one value, not on the kernel's command line: there is nothing to quote.

write_initramfs() {
    local root=$run/initramfs
    mkdir -p "$root"/{bin,lab,proc,sys,dev,host,changes,new}
    cp "$(command -v busybox)" "$root/bin/busybox"
    cp -r "$kernel_folder/modules" "$root/lab/modules"
    cp "$here/guest-init" "$root/init"
    printf %s "$out" >"$root/lab/out"
    if [ "$(id -u)" = 0 ]; then : >"$root/lab/writable"; fi
    printf %s "$balancing" >"$root/lab/balancing"
    command_script >"$root/lab/command"
    (cd "$root" && find . | cpio --quiet -o -H newc) >"$run/initramfs.cpio"
    rm -r "$root"
}

# A script of the host's bash: that the guest has, in the tree that it shares.
command_script() {
    local variable
    for variable in "${environment[@]}" "${asked_for[@]}"; do
        [[ $variable != *=* ]] || printf 'export %s=%q\n' "${variable%%=*}" "${variable#*=}"
        [[ $variable == *=* || ! -v $variable ]] || printf 'export %s=%q\n' "$variable" "${!variable}"
    done
    printf 'export LAB_OUT=%q\ncd %q || exit 125\nexec' "$out" "$PWD"
    printf ' %q' "${command[@]}"
    echo
}
