#!/bin/sh
# Boots the host `image` once, on the image itself, until it powers off. Process 1 of namespaces of its own.
#
#   prepare.sh IMAGE LAB
set -eu
here=$(dirname "$0")
sh "$here/mount.sh" "$2/hosts" "$1"
sh "$here/start.sh" "$1" "$2" image
