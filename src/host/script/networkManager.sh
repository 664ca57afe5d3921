# What NetworkManager makes VLANs by: a keyfile for each, without addresses. It can be kept from a link only before it has it, so what it has made at a
# boot is taken from it by name. It would delete such a link together with the keyfile, and make it anew when somebody deletes it.
# Reads: $owner. Prints: what nmcli says. May fail: as they say.
keyfiles=/etc/NetworkManager/system-connections

is_at_network_manager() { [ "$(manager_of "$1")" = NetworkManager ]; }

files_of_network_manager() { find "$keyfiles" -name "vlan-trunk-$1@*.nmconnection" -o -name ".vlan-trunk-$1@*.nmconnection" 2>/dev/null; }

each_file_of_network_manager() {
  [ -n "$2" ] || return 0
  printf '%s\n' "$2" | while read -r link id protocol mtu nic; do
    "$1" "$keyfiles/vlan-trunk-$owner@$link.nmconnection" "$(keyfile_text "$link" "$id" "$protocol" "$mtu" "$nic")" || exit 1
  done
}

# Releases before 1.42 know no protocol, and then make a VLAN of 802.1Q, which the unit replaces.
keyfile_text() {
  printf '%s\n' '# A VLAN that vlan-trunk made. Removed together with it.' '[connection]' "id=vlan-trunk-$1" type=vlan "interface-name=$1"
  [ "$4" = - ] || printf '%s\n' '' '[ethernet]' "mtu=$4"
  printf '%s\n' '' '[vlan]' "parent=$5" "id=$2"
  [ "$3" = 802.1Q ] || printf '%s\n' "protocol=$3"
  # The default is auto: DHCP.
  printf '%s\n' '' '[ipv4]' method=disabled '' '[ipv6]' method=disabled
}

# Others could read it else, and NetworkManager would not.
put_for_network_manager() { mkdir -p "${1%/*}" && put "$1" "$2" flushed; }

# Takes away the keyfiles of what a record, the argument, does not name; before such a link goes.
take_keyfiles() {
  vlans='' dropped=''
  is_met /run/NetworkManager "$keyfiles" || return 0
  manager=network_manager
  vlans=$(managed_vlans "$1") && take_over && arrange_files "$(present "$vlans")" || return 1
  [ -z "$dropped" ] || ! is_running NetworkManager || nmcli connection reload
}

# Takes links of which there are keyfiles from NetworkManager until the next boot. May fail: when it does not let go of one.
take_over() {
  held=$(links_of_files "$owner" | tr '\n' ' ')
  [ -n "$held" ] && is_running NetworkManager || return 0
  nmcli --terse --fields DEVICE,STATE device | while IFS=: read -r link state; do
    case " $held" in *" $link "*) ;; *) continue ;; esac
    [ "$state" != unmanaged ] || continue
    nmcli device set "$link" managed no </dev/null || exit 1
    # As on a link that the unit makes. Router advertisements stay off, as NetworkManager has set it.
    for key in addr_gen_mode disable_ipv6; do
      file=/proc/sys/net/ipv6/conf/$link/$key
      [ ! -e "$file" ] || cat "/proc/sys/net/ipv6/conf/default/$key" >"$file"
    done
  done
}
