#!/bin/sh
# All hosts boot from one disk image. Who this one is lies in a folder of the machine that runs it, seen through hostfs.
set -eu
share=/run/lab
mkdir -p "$share"
mount -t hostfs none "$share"
rm -f "$share/ready"

name=$(cat "$share/name")
echo "$name" >/etc/hostname
hostname "$name"
cp "$share/hosts" /etc/hosts
install -m 0600 "$share/ssh_host_ed25519_key" /etc/ssh/ssh_host_ed25519_key
install -m 0644 "$share/authorized_keys" /etc/ssh/lab_authorized_keys

ip link set lo up
if [ -e /sys/class/net/vec0 ]; then
  ip link set vec0 name eth0
  ip address add "$(cat "$share/address")" dev eth0
  ip link set eth0 up
fi

# A host without Docker: as if it had never been installed.
if [ -e "$share/without-docker" ]; then
  rm -f /usr/bin/docker /usr/sbin/dockerd /usr/bin/containerd
  systemctl mask --quiet --runtime docker.service docker.socket containerd.service
fi
