# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: the programs that it needs on the host, and the Debian packages that bring them.

virtiofsd=

require_programs() {
    local missing
    [ "$(uname -m)" = x86_64 ] ||
        fail "wanted an x86-64 host, whose programs the guest runs, found $(uname -m); run the lab on another machine"
    missing=$(missing_packages)
    if [ -n "$missing" ] && [ -n "$install" ]; then
        install_packages $missing
        missing=$(missing_packages)
    fi
    [ -z "$missing" ] || fail "wanted programs of $missing, found them missing; run: apt-get install" \
        "--no-install-recommends $missing (as root), or give --install"
    virtiofsd=$(find_virtiofsd)
    require_namespaces
}

missing_packages() {
    {
        provides qemu-system-x86_64 qemu-system-x86
        provides cpio cpio
        provides xz xz-utils
        provides setpriv util-linux
        provides dpkg-deb dpkg
        provides apt-cache apt
        # the guest's init has no C library: the package busybox, which needs one, does not do
        runs_without_libraries busybox || echo busybox-static
        [ -n "$(find_virtiofsd)" ] || virtiofsd_package
    } | sort -u | xargs
}

provides() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null || echo "$2"
}

runs_without_libraries() { # PROGRAM
    local path
    path=$(command -v "$1") && ! ldd "$path" >/dev/null 2>&1
}

find_virtiofsd() {
    local path
    for path in /usr/lib/qemu/virtiofsd /usr/libexec/virtiofsd "$(command -v virtiofsd || true)"; do
        [ ! -x "$path" ] || { echo "$path" && return; }
    done
}

# Debian 13 and Ubuntu 23.04 have the one that was rewritten in Rust, in a package of its own.
virtiofsd_package() {
    if [ -n "$(apt-cache show virtiofsd 2>/dev/null)" ]; then echo virtiofsd; else echo qemu-system-common; fi
}

install_packages() { # PACKAGE...
    [ "$(id -u)" = 0 ] || fail "wanted root for --install, found $(id -un); run as root: apt-get install $*"
    local get=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    "${get[@]}" install --no-install-recommends "$@" >&2 || {
        # the index is missing or too old: fetch it once and try again
        "${get[@]}" update >&2 && "${get[@]}" install --no-install-recommends "$@" >&2
    } || fail "wanted to install $*, found that apt-get cannot (its words are above)"
}

# virtiofsd wants root. An ordinary user is that in a user namespace of his own, where the host allows one.
require_namespaces() {
    local words advice
    advice="run the lab as root, or allow users their namespaces (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu"
    advice+=" kernel.apparmor_restrict_unprivileged_userns=0)"
    [ "$(id -u)" != 0 ] || advice="root in a container needs more, in Docker: --cap-add SYS_ADMIN --security-opt"
    [ "$(id -u)" != 0 ] || advice+=" apparmor=unconfined"
    words=$("${in_namespace[@]}" true 2>&1) ||
        fail "wanted namespaces to share the file tree from (${in_namespace[*]}), found \"$words\"; $advice"
}

if [ "$(id -u)" = 0 ]; then
    in_namespace=(unshare --mount)
else
    in_namespace=(unshare --user --map-root-user --mount)
fi
