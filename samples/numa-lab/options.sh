# Copyright 2026 The Tailgate authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by lab: its options, and the checks on them, all made before anything is changed.

kernel=6.12
nodes=2
cpus=
memory=2048
limit=600
out=target/numa-lab
balancing=
accel=tcg
install=
verbose=
environment=(HOME PATH LANG LC_ALL JAVA_HOME)
asked_for=()
command=()

usage() { sed -n '/^# Runs one command/,/^set -e/{/^set -e/d;s/^# \{0,1\}//;p}' "$script"; }

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --kernel | --nodes | --cpus | --memory | --limit | --out | --balancing | --accel | --env)
                [ $# -gt 1 ] || fail "wanted a value after $1, found nothing; lab --help has the options"
                [ "$1" != --env ] || asked_for+=("$2")
                [ "$1" = --env ] || printf -v "${1#--}" %s "$2"
                shift 2
                ;;
            --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
            --install) install=yes && shift ;;
            --verbose) verbose=yes && shift ;;
            --help) usage && exit 0 ;;
            --) shift && break ;;
            -*) fail "wanted an option, found $1; lab --help has them" ;;
            *) break ;;
        esac
    done
    command=("$@")
    cpus=${cpus:-$nodes}
}

check_options() {
    check_number --nodes "$nodes" 1 8
    check_number --cpus "$cpus" 1 64
    check_number --memory "$memory" 256 65536
    check_number --limit "$limit" 1 86400
    [ -z "$balancing" ] || check_among --balancing "$balancing" 0 1
    check_among --accel "$accel" tcg kvm
    [ $((cpus % nodes)) = 0 ] ||
        fail "wanted as many processors on each node, found --cpus $cpus on $nodes nodes; give a multiple of $nodes"
    [ "${#command[@]}" -gt 0 ] || fail "wanted a command, found none; lab --help shows how to give one"
    check_environment
    check_folders
    check_kvm
}

check_number() { # OPTION VALUE LOWEST HIGHEST
    [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] && [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] ||
        fail "wanted a number from $3 to $4 for $1, found \"$2\""
}

check_among() { # OPTION VALUE ALLOWED...
    local allowed
    for allowed in "${@:3}"; do
        [ "$2" != "$allowed" ] || return 0
    done
    fail "wanted one of ${*:3} for $1, found \"$2\""
}

check_environment() {
    local variable
    for variable in "${asked_for[@]}"; do
        [[ ${variable%%=*} =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] ||
            fail "wanted NAME or NAME=VALUE for --env, found \"$variable\""
        [[ $variable == *=* || -v $variable ]] ||
            fail "wanted the value of \$$variable for --env, found it unset; export it, or give --env $variable=VALUE"
    done
}

# What is mounted over in the guest cannot be shared with it.
check_folders() {
    out=$(realpath -m -- "$out")
    [ ! -e "$out" ] || [ -d "$out" ] || fail "wanted a folder for --out, found a file: $out"
    check_shared "working directory" "$PWD" "run the lab from another one"
    check_shared "--out" "$out" "name another one"
    [ "$out" != / ] || fail "wanted a folder below / for --out, found / itself; name another one"
}

check_shared() { # WHAT FOLDER WHAT_TO_DO
    case "$(realpath -m -- "$2")/" in
        /tmp/*) [ "$(id -u)" = 0 ] || fail "wanted a $1 that the guest shares with the host, found $2; to an ordinary" \
            "user's guest /tmp is its own: $3, or run the lab as root" ;;
        /run/* | /dev/* | /proc/* | /sys/*)
            fail "wanted a $1 that the guest shares with the host, found $2; /run, /dev, /proc and /sys are the" \
                "guest's own: $3"
            ;;
    esac
}

check_kvm() {
    [ "$accel" = kvm ] || return 0
    [ -r /dev/kvm ] && [ -w /dev/kvm ] ||
        fail "wanted to open /dev/kvm for --accel kvm, found no device or no permission; leave --accel out"
}
