#!/bin/sh
# Makes a bootable disk and a kernel folder of a freshly installed Debian root.
#
#   furnish.sh ROOT_TAR FILES DAEMON_JSON OUT [DOCKERD]
#
# DOCKERD takes the place of the package's.
# Runs as root, or as root of a user namespace: so it makes no device node and mounts nothing.
set -eu
root_tar=$1 files=$2 daemon_json=$3 out=$4 dockerd=${5-}
root=$out/root
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

mkdir -p "$root"
tar -x -f "$root_tar" -C "$root" --numeric-owner --exclude='./dev/*'
cp -r "$files/." "$root/"
mkdir -p "$root/etc/docker"
# A clone may have any umask; the hosts' sshd and sudo insist on theirs.
chown -R 0:0 "$root/etc/docker" "$root/etc/ssh/sshd_config.d" "$root/etc/sudoers.d" "$root/usr/local/lib/lab"
chmod -R u=rwX,go=rX "$root/etc/docker" "$root/etc/ssh/sshd_config.d" "$root/etc/systemd" "$root/usr/local/lib/lab"
chmod 0440 "$root"/etc/sudoers.d/*
printf '%s\n' "$daemon_json" >"$root/etc/docker/daemon.json"
[ -z "$dockerd" ] || cp "$dockerd" "$root/usr/sbin/dockerd"

# The kernel's modules lie where only its package knows; modprobe and depmod look in one place.
version=$(ls "$root/usr/lib/uml/modules")
mkdir -p "$root/usr/lib/modules"
mv "$root/usr/lib/uml/modules/$version" "$root/usr/lib/modules/$version"
chroot "$root" depmod "$version"

# What starts a host: the kernel is a program, and needs its own C library, which may be newer than this machine's.
kernel=$out/kernel
mkdir -p "$kernel/dev" "$kernel/proc" "$kernel/hosts" "$kernel/image" "$kernel/tmp"
libraries=$(chroot "$root" ldd /usr/bin/linux.uml | grep -o '/[^ ]*')
# It asks for this one only when it ends.
libraries="$libraries $(cd "$root" && ls usr/lib/*/libgcc_s.so.1)"
for file in /usr/bin/linux.uml $libraries; do
  mkdir -p "$kernel/$(dirname "$file")"
  cp -L "$root/$file" "$kernel/$file"
done
rm -rf "$root"/usr/bin/linux.uml "$root/usr/lib/uml"

chroot "$root" /bin/sh -eu <<'IN'
# -p '*': no password, yet not locked, or sshd would refuse the key as well.
useradd --create-home --shell /bin/bash --groups docker,sudo --password '*' ops
useradd --create-home --shell /bin/bash --password '*' guest
usermod --password '*' root
rm -f /etc/ssh/ssh_host_* /etc/hostname
# Empty, not missing: systemd takes each host's own id from the kernel command line, and takes no boot for the first one.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id

# Nobody needs these on a host that lives for minutes, and everybody waits for them.
systemctl mask --quiet \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer systemd-tmpfiles-clean.timer \
  console-getty.service getty.target getty@tty1.service \
  dev-hugepages.mount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount \
  sys-kernel-tracing.mount proc-sys-fs-binfmt_misc.automount \
  modprobe@configfs.service modprobe@drm.service modprobe@fuse.service \
  ldconfig.service sshd-keygen.service systemd-binfmt.service systemd-firstboot.service systemd-hwdb-update.service \
  systemd-journal-catalog-update.service systemd-logind.service systemd-logind-varlink.socket systemd-pstore.service \
  systemd-random-seed.service systemd-sysusers.service systemd-udev-load-credentials.service systemd-update-done.service
systemctl enable --quiet lab-identity.service lab-ready.service lab-prepare.service

# The image that scenarios run: nothing here reaches an image registry.
mkdir -p /tmp/busybox/bin /tmp/busybox/tmp /tmp/busybox/etc /tmp/busybox/root
cp /bin/busybox /tmp/busybox/bin/busybox
for applet in $(busybox --list); do
  [ "$applet" = busybox ] || ln -s busybox "/tmp/busybox/bin/$applet"
done
echo 'root:x:0:0:root:/root:/bin/sh' >/tmp/busybox/etc/passwd
echo 'root:x:0:' >/tmp/busybox/etc/group
tar -c -f /usr/local/lib/lab/busybox.tar -C /tmp/busybox .
rm -rf /tmp/busybox /var/cache/apt/* /var/lib/apt/lists/*
IN

truncate --size 8G "$out/disk.img"
mkfs.ext4 -q -d "$root" -L lab -m 0 -E lazy_itable_init=1,root_owner=0:0 "$out/disk.img"
rm -rf "$root"
