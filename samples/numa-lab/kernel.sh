# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: finds the kernel's Debian package and unpacks it into a cache, without installing it.
#
# Debian's "cloud" kernels are small (30 MB), have NUMA balancing and virtiofs, and boot fastest; any other kernel package
# with those works too.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/tailgate-numa-lab
kernel_folder= # of the cache: vmlinuz, config, modules/

# What the guest needs before it has the host's tree, in the order of their dependencies. What the kernel at hand has
# built in is simply not among its files.
modules=(virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_console fuse virtiofs overlay)

find_kernel() {
    local name
    case $kernel in
        *.deb)
            [ -r "$kernel" ] || fail "wanted a kernel package, found no file $kernel"
            name=$(dpkg-deb --show --showformat '${Package}-${Version}' "$kernel") ||
                fail "wanted a Debian package, found $kernel, which dpkg-deb cannot read (its words are above)"
            ;;
        [0-9]*) name=$(package_of_version "$kernel") ;;
        *) name=$(real_package "$kernel") ;;
    esac
    [ -n "$name" ] || explain_no_kernel
    kernel_folder=$cache/$name
    [ -e "$kernel_folder" ] || fill_cache "$name"
}

# The packages without a kernel's full version depend on the newest one with it.
real_package() { # PACKAGE
    local depends
    depends=$(apt-cache depends "$1" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1) ||
        true # it does not know the package
    if [ -n "$depends" ]; then
        echo "$depends"
    elif [ -n "$(apt-cache show "$1" 2>/dev/null)" ] || [ -e "$cache/$1" ]; then
        echo "$1"
    fi
}

# Which package has a version depends on the host's release: linux-image-cloud-amd64 is 6.1 on Debian 12 and 6.12 on 13.
package_of_version() { # VERSION
    local package real
    for package in "linux-image-$1-cloud-amd64" linux-image-cloud-amd64; do
        real=$(real_package "$package")
        [[ $real != linux-image-"$1"[.+-]* ]] || { echo "$real" && return; }
    done
    # a host without that package, or with no index at all, has perhaps unpacked one before
    [ ! -d "$cache" ] || find "$cache" -maxdepth 1 -name "linux-image-$1[.+-]*" -printf '%f\n' | sort -V | tail -n 1
}

explain_no_kernel() {
    local known
    known=$(apt-cache search --names-only '^linux-image-[0-9.]*-?cloud-amd64$' 2>/dev/null | cut -d' ' -f1 | xargs)
    fail "wanted a package of kernel $kernel, found none in this host's package index (it has: ${known:-no kernel});" \
        "run apt-get update, or give one of those, or a file from https://packages.debian.org/linux-image-cloud-amd64" \
        "as --kernel FILE.deb"
}

# One lab at a time fills the cache, and a kernel appears there whole or not at all.
fill_cache() ( # NAME
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
    [ ! -e "$cache/$1" ] || exit 0
    rm -rf "$cache"/unpacking.* # of a lab that was killed: we hold the lock
    work=$(mktemp -d "$cache/unpacking.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    unpack "$1"
    mv "$work/kernel" "$cache/$1"
)

unpack() { # NAME: makes $work/kernel
    local deb config
    deb=$(realpath -- "$kernel")
    cd "$work"
    if [[ $kernel != *.deb ]]; then
        echo "lab: fetching the kernel $1, once" >&2
        deb=$(download "$1")
    fi
    dpkg-deb --extract "$deb" tree 2>extract.log || fail "wanted to unpack $1, found: $(head -n 1 extract.log)"
    config=$(echo tree/boot/config-*)
    [ -e "$config" ] && grep -q '^CONFIG_NUMA_BALANCING=y' "$config" && grep -q '^CONFIG_VIRTIO_FS=[ym]' "$config" ||
        fail "wanted a kernel with CONFIG_NUMA_BALANCING and CONFIG_VIRTIO_FS, found $1 without; give another --kernel"
    mkdir -p kernel/modules
    mv tree/boot/vmlinuz-* kernel/vmlinuz
    mv "$config" kernel/config
    keep_modules
}

download() { # NAME: prints the file's name
    apt-get -q download "$1" >download.log 2>&1 || {
        [ -n "$install" ] && apt-get -q update >>download.log 2>&1 && apt-get -q download "$1" >>download.log 2>&1
    } || fail "wanted to download $1, found: $(grep -m 1 '^E:' download.log || tail -n 1 download.log)." \
        "An index that is too old names packages that are gone: run apt-get update (as root), or give --install"
    echo ./*.deb
}

# Unpacked here once: the guest's busybox cannot read all compressions of modules.
keep_modules() {
    local number=10 module file
    for module in "${modules[@]}"; do
        file=$(find tree -path '*/kernel/*' -name "$module.ko*" -print -quit)
        number=$((number + 1))
        case $file in
            *.ko) mv "$file" "kernel/modules/$number-$module.ko" ;;
            *.ko.xz) xz -dc "$file" >"kernel/modules/$number-$module.ko" ;;
            '') ;; # built in
            *) fail "wanted a module as .ko or .ko.xz, found ${file##*/}; give another --kernel" ;;
        esac
    done
}
