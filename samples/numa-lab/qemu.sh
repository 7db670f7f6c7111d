# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: QEMU's arguments, and the daemons that share the host's folders with the guest.

# Every process of the lab dies with it, also if it is killed with SIGKILL.
dying_with_lab=(setpriv --pdeathsig KILL)

# sandbox=chroot: the other one, with a PID namespace, forks a child that does not die with us.
# The tmpfs: Debian 12's virtiofsd leaves a file in /run, which ordinary users cannot even write. ulimit: it keeps every
# file open that the guest remembers.
start_sharing() { # TAG FOLDER CACHE
    local socket=$run/$1.socket flat=()
    # the newer virtiofsd tells the guest where the host has mounts, and there the guest's overlay ends (EREMOTE)
    [[ $("$virtiofsd" --help 2>&1) != *--no-announce-submounts* ]] || flat=(--no-announce-submounts)
    rm -f "$socket"
    "${in_namespace[@]}" sh -c 'mount -t tmpfs tmpfs /run
        ulimit -n 1000000 2>/dev/null || ulimit -n "$(ulimit -H -n)"
        exec "$@"' share "${dying_with_lab[@]}" "$virtiofsd" "${flat[@]}" --rlimit-nofile=0 --socket-path="$socket" \
        -o "source=$2,cache=$3,sandbox=chroot" >"$run/$1.log" 2>&1 &
    until [ -S "$socket" ]; do
        kill -0 $! 2>/dev/null || fail "wanted virtiofsd to share $2, found that it ended: $(tail -n 3 "$run/$1.log")"
        sleep 0.05
    done
}

guest_of_this_run() { # sets $guest
    guest=(qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot -nic none -machine q35 -rtc base=utc)
    add_processors
    add_nodes
    add_share host
    add_share out
    add_ports
    add_kernel
}

# KVM is no default although some hosts have /dev/kvm: where the host is a virtual machine itself it may be one that
# emulates the guest's kernel an instruction at a time (PVM) and ends at the first one that it does not know.
add_processors() {
    local per_node=$((cpus / nodes))
    guest+=(-smp "$cpus,sockets=$nodes,cores=$per_node")
    case $accel in
        tcg) guest+=(-accel tcg,thread=multi -cpu max) ;;
        kvm) guest+=(-accel kvm -cpu host) ;;
    esac
}

# virtiofsd maps the guest's memory, hence memfd and share.
add_nodes() {
    local per_node=$((cpus / nodes)) node other
    guest+=(-m "$((memory * nodes))M")
    for ((node = 0; node < nodes; node++)); do
        guest+=(-object "memory-backend-memfd,share=on,id=memory$node,size=${memory}M"
            -numa "node,nodeid=$node,cpus=$((node * per_node))-$((node * per_node + per_node - 1)),memdev=memory$node")
    done
    for ((node = 0; node < nodes; node++)); do
        for ((other = node + 1; other < nodes; other++)); do
            guest+=(-numa "dist,src=$node,dst=$other,val=20")
        done
    done
}

add_share() { # TAG
    guest+=(-chardev "socket,id=$1,path=$run/$1.socket" -device "vhost-user-fs-pci,chardev=$1,tag=$1")
}

# Into files, so that neither a slow reader of our output nor the guest's end can lose any of it; without ioeventfd, so
# that it is in the file when the guest's write returns.
add_ports() {
    local port
    guest+=(-chardev "file,id=console,path=$out/console.log" -serial chardev:console
        -device virtio-serial-pci,ioeventfd=off)
    for port in output status; do
        guest+=(-chardev "file,id=$port,path=$run/$port" -device "virtserialport,chardev=$port,name=lab.$port")
    done
}

# tsc=reliable: on a busy host the kernel would else give up the cheap clock for a slow one, in the middle of a run.
# panic=-1: a guest that panics ends at once.
add_kernel() {
    local quiet=quiet
    [ -z "$verbose" ] || quiet=
    guest+=(-kernel "$kernel_folder/vmlinuz" -initrd "$run/initramfs.cpio" -append
        "console=ttyS0 $quiet panic=-1 oops=panic tsc=reliable nowatchdog mitigations=off")
}
