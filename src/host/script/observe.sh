# What this host has, one fact a line:
#   link NAME PARENT KIND DETAIL MTU up|down made|found      KIND and DETAIL: vlan ID/PROTOCOL, macvlan MODE, ipvlan MODE/FLAG, or dashes
#   address LINK CIDR [FLAGS]
#   sysctl LINK FAMILY KEY VALUE
#   route LINK CIDR GATEWAY SOURCE PROTOCOL WORDS-FOR-IP
#   note OWNER LINK TEXT
# Reads: $spec, the kernel's links, addresses, routes and sysctls, the records. Prints: the facts. May fail: when one of them cannot be read.
observe() {
  ip -o -d link show | awk "$observe_links_awk" || return 1
  ip -o addr show | awk "$observe_addresses_awk" || return 1
  printf '%s\n' "$spec" | awk "$observe_sysctls_awk" || return 1
  observe_routes 4 && { [ ! -d /proc/sys/net/ipv6 ] || observe_routes 6; } || return 1
  [ ! -d "$records" ] || find "$records" -type f ! -name ".*" -exec awk "$observe_records_awk" {} +
}

observe_routes() {
  { printf '%s\n--\n' "$spec"; ip -"$1" -o route show table main; } | awk -v whole="$(($1 == 4 ? 32 : 128))" "$observe_routes_awk"
}
