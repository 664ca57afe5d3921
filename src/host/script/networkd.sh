# Keeps systemd-networkd from the links that we made. Its rules match a VLAN by the NIC's MAC address too, or by eth*; then it takes addresses
# away, or asks for one by DHCP. A file of ours that comes first says that these links are not its own.
# Reads: $owner; $lasting: without it the file is gone after a reboot, as the links are; argument: the record. Prints: what the system says. May
# fail: when the file cannot be written, or networkd does not read it.
keep_from_networkd() {
  folder=/run/systemd/network
  other=/etc/systemd/network
  [ -z "$lasting" ] || { folder=/etc/systemd/network other=/run/systemd/network; }
  file=00-vlan-trunk-$owner.network
  links=$(printf '%s\n' "$1" | awk '$2 == "made" && $1 ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ && !known[$1]++ { printf " %s", $1 }')
  changed=''
  # The second is there where networkd has run since the boot.
  if [ -n "$links" ] && { [ -e "$folder/$file" ] || [ -e /run/systemd/netif/state ]; }; then
    text=$(printf '%s\n' '# Links that vlan-trunk made. Removed together with them.' '[Match]' "Name=${links# }" '' '[Link]' Unmanaged=yes)
    [ "$(cat "$folder/$file" 2>/dev/null)" = "$text" ] || { (umask 022 && mkdir -p "$folder") && put_for_all "$folder/$file" "$text" && changed=1 || return 1; }
  elif [ -e "$folder/$file" ]; then
    rm -f "$folder/$file" && changed=1 || return 1
  fi
  [ ! -e "$other/$file" ] || { rm -f "$other/$file" && changed=1; } || return 1
  # That folder may be there for our file alone, and networkd does without an empty one.
  [ -z "$changed" ] || rmdir /run/systemd/network 2>/dev/null
  # Only where it runs, because the question alone would start it.
  [ -z "$changed" ] || ! systemctl is-active --quiet systemd-networkd.service || networkctl reload
}
