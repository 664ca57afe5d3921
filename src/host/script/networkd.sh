# persistence: 'networkd': at a boot systemd-networkd makes the VLANs of an owner, by a .netdev for each and a drop-in of the .network that has their
# parent. It leaves them as they are then (unmanaged.sh): the unit puts on them what is declared, and makes what networkd does not make.
# Reads: $owner, $spec, $before, $action, /run/systemd/netif; $lasting, the spec to keep. Prints: see the functions. May fail: when a file cannot be
# written or removed.
networkd_folder=/etc/systemd/network

is_by_networkd() {
  case $1 in *"
persist networkd"*) ;; *) return 1 ;; esac
}

# Why networkd cannot do it, in words. A shim comes by the unit alone, and so does a VLAN on a VLAN of ours, which networkd leaves to us.
no_networkd() {
  is_running systemd-networkd || { echo 'systemd-networkd does not run on this host'; return; }
  nic=$(parent_of "$spec")
  case $spec in *"
vlan "*) ;; *) return 0 ;; esac
  [ -e "/sys/class/net/$nic" ] && ! is_made_by_us "$nic" && [ -z "$(networkd_file "$nic")" ] || return 0
  has=$(manager_of "$nic")
  echo "$nic belongs to ${has:-no network manager that is known}"
}

parent_of() { printf '%s\n' "$1" | awk '$1 == "parent" { print $2 }'; }

is_made_by_us() {
  printf '%s\n' "$before" | awk -v link="$1" '$1 == "link" && $2 == link && $8 == "made" || $1 == "note" && $3 == link && $4 == "made" { found = 1 } END { exit !found }'
}

# The lines of managed.awk; argument: the record.
vlans_of_networkd() {
  is_by_networkd "$lasting" && [ -n "$(drop_in_folder)" ] || return 0
  printf '%s\n' "$lasting" -- "$1" | awk "$managed_awk"
}

# Beside the file of the parent; where networkd does not have it now, where the drop-in has been.
drop_in_folder() {
  file=$(networkd_file "$(parent_of "$lasting")")
  if [ -n "$file" ]; then
    printf '%s\n' "$networkd_folder/${file##*/}.d"
  else
    files_of_networkd "$owner" | sed -n '/[.]conf$/{ s|/[^/]*$||p; q; }'
  fi
}

# All that are there, also what a killed run has left of one. An owner's name has no "@".
files_of_networkd() {
  find "$networkd_folder" -name "00-vlan-trunk-$1@*.netdev" -o -name ".00-vlan-trunk-$1@*.netdev" -o \
    -path "*.network.d/vlan-trunk-$1.conf" -o -path "*.network.d/.vlan-trunk-$1.conf" 2>/dev/null
}

# Makes the files those of some VLANs, lines of managed.awk. Sets: $dropped to the files that are gone. A boot finds them as they are.
arrange_networkd() {
  dropped=''
  [ "$action" != restore ] && [ -d "$networkd_folder" ] || return 0
  wanted=$(each_file_of_networkd name_of "$1")
  dropped=$(files_of_networkd "$owner" | while IFS= read -r file; do
    printf '%s\n' "$wanted" | grep -qxF "$file" || { rm "$file" && printf '%s\n' "$file" || exit 1; }
    case $file in *.conf) rmdir "${file%/*}" 2>/dev/null ;; esac
  done) || return 1
  each_file_of_networkd put_where_other "$1"
}

# Runs a command, the first argument, with each file for the VLANs and its text.
each_file_of_networkd() {
  [ -n "$2" ] || return 0
  printf '%s\n' "$2" | while read -r link id protocol mtu; do
    "$1" "$networkd_folder/00-vlan-trunk-$owner@$link.netdev" "$(netdev_text "$link" "$id" "$protocol" "$mtu")" || exit 1
  done && "$1" "$(drop_in_folder)/vlan-trunk-$owner.conf" "$(drop_in_text "$2")"
}

netdev_text() {
  printf '%s\n' '# A VLAN that vlan-trunk made. Removed together with it.' '[NetDev]' "Name=$1" Kind=vlan
  [ "$4" = - ] || printf '%s\n' "MTUBytes=$4"
  printf '%s\n' '' '[VLAN]' "Id=$2" "Protocol=$3"
}

drop_in_text() {
  printf '%s\n' '# VLANs that vlan-trunk made. Removed together with them.' '[Network]'
  printf '%s\n' "$1" | sed 's/ .*//; s/^/VLAN=/'
}

name_of() { printf '%s\n' "$1"; }

put_where_other() {
  [ "$(cat "$1" 2>/dev/null)" != "$2" ] || return 0
  (umask 022 && mkdir -p "${1%/*}") && put_for_all "$1" "$2" && flush_files "${1%/*}"
}

# Of some VLANs those that are there: what is missing networkd would make beside us, when it reads its files.
present() { printf '%s\n' "$1" | while read -r link rest; do [ ! -e "/sys/class/net/${link:--}" ] || printf '%s\n' "$link $rest"; done; }

# At a boot, until networkd has made the VLANs of an owner. What it has not made by then the unit makes.
await_networkd() {
  is_running systemd-networkd || return 0
  end=$(($(uptime_seconds) + 10))
  while owed=$(owed_by_networkd "$1") && [ -n "$owed" ] && [ "$(uptime_seconds)" -lt "$end" ]; do sleep 0.2 2>/dev/null || sleep 1; done
  [ -z "$owed" ] || printf '%s\n' "$1: systemd-networkd has not made" "$owed" | tr '\n' ' ' | sed 's/ $//' >&2
}

owed_by_networkd() {
  files_of_networkd "$1" | sed -n 's|.*/00-vlan-trunk-.*@\(.*\)[.]netdev$|\1|p' | while read -r link; do
    [ -e "/sys/class/net/$link" ] || printf '%s\n' "$link"
  done
}
