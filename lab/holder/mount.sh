#!/bin/sh
# Puts into the kernel's folder what a host needs to see of this machine. In a mount namespace of the lab, so no other process sees it.
#
#   mount.sh HOSTS IMAGE
set -eu
hosts=$1 image=$2
kernel=$image/kernel
mount --rbind /dev "$kernel/dev"
mount --rbind /proc "$kernel/proc"
mount --bind "$hosts" "$kernel/hosts"
mount --bind "$image" "$kernel/image"
# The hosts' memory: files of their own, as a container's /dev/shm is often far too small for it.
mount -t tmpfs -o size=100%,mode=1777 tmpfs "$kernel/tmp"
