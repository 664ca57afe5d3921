# Keeps network managers from the links that we made, by a file of ours. A rule of systemd-networkd matches a VLAN by the NIC's MAC address too, or by
# eth*; networkd then takes addresses away, or asks for one by DHCP. NetworkManager leaves links alone that are there, but at a boot it makes those of
# its profiles before our unit does, with its own addresses.
# Reads: $owner; $lasting: without it, or with $until_boot, the file is gone after a reboot, as the links are; argument: the record. Prints: what the system says. May
# fail: when a file cannot be written, or a manager does not read it.
keep_from_managers() { keep_from_networkd "$1" && keep_from_network_manager "$1"; }

# Prints the links of a record that we made, each behind a blank.
made_links() { printf '%s\n' "$1" | awk '$2 == "made" && $1 ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ && !known[$1]++ { printf " %s", $1 }'; }

# True where a manager has run since the boot, or has a file of ours in one of some folders.
is_met() {
  [ -e "$1" ] && return 0
  shift
  for folder in "$@"; do [ ! -d "$folder" ] || [ -z "$(find "$folder" -name "*vlan-trunk-$owner*" 2>/dev/null)" ] || return 0; done
  return 1
}

# Only where it runs, because the question alone would start it. A reload also makes networkd forget VLANs that it would make (managed.sh).
keep_from_networkd() {
  is_met /run/systemd/netif/state "$networkd_folder" /run/systemd/network || return 0
  links=$(made_links "$1")
  manager=networkd
  until_boot=
  vlans=$(managed_vlans "$1") && arrange_files "$(present "$vlans")" || return 1
  waive systemd/network "00-vlan-trunk-$owner.network" /run/systemd/netif/state '[Match]' "Name=${links# }" '' '[Link]' Unmanaged=yes || return 1
  [ -z "$changed$dropped" ] || ! is_running systemd-networkd || networkctl reload || return 1
  [ -z "$vlans" ] || arrange_files "$vlans"
}

# Until the next boot, where it is to make them then.
keep_from_network_manager() {
  is_met /run/NetworkManager "$keyfiles" /etc/NetworkManager/conf.d || return 0
  links=$(made_links "$1")
  take_keyfiles "$1" || return 1
  until_boot=$vlans
  match=$(printf '%s\n' "${links# }" | sed 's/^/interface-name:=/; s/ /;interface-name:=/g')
  waive NetworkManager/conf.d "vlan-trunk-$owner.conf" /run/NetworkManager/devices "[device-vlan-trunk-$owner]" "match-device=$match" managed=0 || return 1
  [ -z "$changed" ] || ! is_running NetworkManager || systemctl reload NetworkManager.service || return 1
  [ -z "$vlans" ] || arrange_files "$vlans"
}

# Writes the file, or removes it where it names no link any more. Sets: $changed. Arguments: the folder below /etc and /run, the file, what is there
# where the manager has run since the boot, the lines.
waive() {
  folder=/run/$1
  other=/etc/$1
  [ -z "$lasting" ] || [ -n "$until_boot" ] || { folder=/etc/$1 other=/run/$1; }
  in_run=/run/$1
  file=$2
  runs=$3
  shift 3
  changed=''
  if [ -n "$links" ] && { [ -e "$folder/$file" ] || [ -e "$runs" ]; }; then
    text=$(printf '%s\n' '# Links that vlan-trunk made. Removed together with them.' "$@")
    [ "$(cat "$folder/$file" 2>/dev/null)" = "$text" ] || { (umask 022 && mkdir -p "$folder") && put_for_all "$folder/$file" "$text" && changed=1 || return 1; }
  elif [ -e "$folder/$file" ]; then
    rm -f "$folder/$file" && changed=1 || return 1
  fi
  [ ! -e "$other/$file" ] || { rm -f "$other/$file" && changed=1; } || return 1
  # That folder may be there for our file alone, and a manager does without an empty one.
  [ -z "$changed" ] || rmdir "$in_run" 2>/dev/null || true
}
