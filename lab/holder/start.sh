#!/bin/sh
# Is one host: runs until it has powered off. Inside the lab's namespaces.
#
#   start.sh IMAGE LAB HOST
set -eu
image=$1 lab=$2 host=$3
# One argument a line: the kernel's command line is data, not shell.
set --
while IFS= read -r argument; do
  set -- "$@" "$argument"
done <"$lab/hosts/$host/boot"
export TMPDIR=/tmp
# A session of its own, so that no terminal's Ctrl-C reaches it.
exec setsid --wait chroot "$image/kernel" /usr/bin/linux.uml "$@" </dev/null >>"$lab/hosts/$host/console.log" 2>&1
