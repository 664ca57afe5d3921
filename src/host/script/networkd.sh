# What systemd-networkd makes VLANs by: a .netdev for each, and a drop-in of the .network that has their parent.
# Reads: $owner, $lasting, /run/systemd/netif. Prints: see the functions. May fail: when a file cannot be written.
networkd_folder=/etc/systemd/network

is_at_networkd() { [ -n "$(networkd_file "$1")" ]; }

# All that are there, also what a killed run has left of one. An owner's name has no "@".
files_of_networkd() {
  find "$networkd_folder" -name "00-vlan-trunk-$1@*.netdev" -o -name ".00-vlan-trunk-$1@*.netdev" -o \
    -path "*.network.d/vlan-trunk-$1.conf" -o -path "*.network.d/.vlan-trunk-$1.conf" 2>/dev/null
}

# Runs a command, the first argument, with each file for the VLANs and its text.
each_file_of_networkd() {
  drop_ins=$(drop_in_folder)
  [ -n "$2" ] && [ -n "$drop_ins" ] || return 0
  printf '%s\n' "$2" | while read -r link id protocol mtu _; do
    "$1" "$networkd_folder/00-vlan-trunk-$owner@$link.netdev" "$(netdev_text "$link" "$id" "$protocol" "$mtu")" || exit 1
  done && "$1" "$drop_ins/vlan-trunk-$owner.conf" "$(drop_in_text "$2")"
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

netdev_text() {
  printf '%s\n' '# A VLAN that vlan-trunk made. Removed together with it.' '[NetDev]' "Name=$1" Kind=vlan
  [ "$4" = - ] || printf '%s\n' "MTUBytes=$4"
  printf '%s\n' '' '[VLAN]' "Id=$2" "Protocol=$3"
}

drop_in_text() {
  printf '%s\n' '# VLANs that vlan-trunk made. Removed together with them.' '[Network]'
  printf '%s\n' "$1" | sed 's/ .*//; s/^/VLAN=/'
}

# networkd is a user of its own.
put_for_networkd() { (umask 022 && mkdir -p "${1%/*}") && put_for_all "$1" "$2"; }
