# Systems that make links from a configuration of their own, and from it alone: they have a place for what brings links back, and we have none.
# Reads: $spec, the files by which such a system is known. Prints: why it is refused and the lines of that configuration; nothing on other
# systems. May fail: never.
refused_by_system() {
  if [ -e /etc/NIXOS ] || [ -e /run/current-system/nixos-version ]; then
    refuse_system NixOS /etc/nixos/configuration.nix "$nixos_awk"
  elif [ -e /etc/openwrt_release ]; then
    refuse_system OpenWrt /etc/config/network "$openwrt_awk"
  fi
}

refuse_system() {
  echo "links cannot come back after a reboot, because $1 makes them from $2 alone: persistence: 'none' on the Host does without, and these lines in $2 bring them back:"
  run_awk "$3" ''
}
