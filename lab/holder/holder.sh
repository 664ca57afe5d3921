#!/bin/sh
# Process 1 of a lab: everything that the lab is hangs on it. It runs in namespaces of its own (net, mount, pid; and user
# where the lab is not root's), so when it ends, the kernel takes hosts, taps, bridge and mounts with it.
#
#   holder.sh MARKER LAB MANAGEMENT_CIDR HOST IMAGE [HOST IMAGE]...
#
# MARKER is never read: it is how a later run finds this process again, whatever became of the state file.
set -eu
lab=$2 management=$3
shift 3
here=$(dirname "$0")

# Tools that look into /sys/class/net shall see this wire. Not every container lets us; nothing here depends on it.
mount -t sysfs sysfs /sys 2>/dev/null || :

ip link set lo up
# A fixed address, or the bridge's own changes whenever a host joins; no snooping: a trunk floods what it does not know.
ip link add br0 address 52:54:00:88:00:fe type bridge stp_state 0 forward_delay 0 mcast_snooping 0
ip address add "$management" dev br0
ip link set br0 up
mounted=:
while [ $# -gt 0 ]; do
  host=$1 image=$2
  shift 2
  case $mounted in
    *":$image:"*) ;;
    *)
      sh "$here/mount.sh" "$lab/hosts" "$image"
      mounted=$mounted$image:
      ;;
  esac
  ip tuntap add dev "tap-$host" mode tap
  ip link set dev "tap-$host" master br0 up
  sh "$here/start.sh" "$image" "$lab" "$host" &
done
touch "$lab/started"

# Process 1 inherits what others leave behind: `wait` reaps it.
while :; do
  sleep 3600 &
  wait $!
done
