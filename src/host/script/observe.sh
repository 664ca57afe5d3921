# What this host has, one fact a line:
#   link NAME PARENT KIND DETAIL MTU up|down made|found|foreign
#     KIND and DETAIL: vlan ID/PROTOCOL, macvlan MODE, ipvlan MODE/FLAG, or dashes. The last word: with our alias, with none, with another one
#   qos LINK egress|ingress FROM TO                          an entry of a VLAN's maps of priorities that does not lead to 0
#   address LINK CIDR [FLAGS]
#   sysctl LINK FAMILY KEY VALUE
#   route LINK CIDR GATEWAY SOURCE PROTOCOL METRIC WORDS-FOR-IP
#   note OWNER LINK TEXT
#   port LINK MASTER                                         a port of a bridge, or a part of a bond
# Reads: $spec, the kernel's links, addresses, routes and sysctls, the records. Sets: $observed to the facts, or $words to what failed.
# May fail: when one of them cannot be read, so that a host is never taken for an empty one.
see() {
  for _ in 1 2 3 4 5; do
    words=$({ listed=$(observe) && use=$(observe_use "$listed") && printf '%s\n' '-- observed' "$listed" ${use:+"$use"}; } 2>&1) || return 1
    observed=${words#*"-- observed
"}
    # ip succeeds all the same when links came or went while the kernel listed them.
    case ${words%%"-- observed"*} in *interrupted*) ;; *) return 0 ;; esac
  done
  words='the links changed each time that they were read'
  return 1
}

observe() {
  # First, because what is asked for the other facts depends on which links are ours.
  recorded=$(observe_records) || return 1
  [ -z "$recorded" ] || printf '%s\n' "$recorded"
  read_all ip -o -d link show | awk "$observe_links_awk" || return 1
  read_all ip -o addr show | awk "$observe_addresses_awk" || return 1
  printf '%s\n' "$spec" | awk "$observe_sysctls_awk" || return 1
  observe_routes "$spec
$(own_notes "$recorded" | sed -n 's/^\(.*\) used$/vlan \1/p')"
}

observe_records() { [ ! -d "$records" ] || find "$records" -name '.*' -prune -o -type f -exec awk "$observe_records_awk" {} +; }

# Over the links of a spec, its argument.
observe_routes() {
  {
    printf '%s\n-- IPv4\n' "$1"
    read_all ip -4 -o route show table main
    [ ! -d /proc/sys/net/ipv6 ] || { echo '-- IPv6'; read_all ip -6 -o route show table main; }
  } | awk "$observe_routes_awk"
}

# Marks the end of what a command prints, because a pipe hides its status.
read_all() {
  if "$@"; then echo '-- complete'; else echo '-- failed'; fi
}
