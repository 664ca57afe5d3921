# Reports what would go wrong, and changes nothing.
# Reads: $before, $spec, the host's forwarding. Prints: warnings, "departs LINK" for what a sweep is to take away, and what has drifted. May fail: on a contradiction, with all of them.
check() {
  todo=$(plan "$before") || fail "could not plan"
  problems=$(part "$todo" problem; no_return; no_routing "$(part "$todo" note)")
  [ -z "$problems" ] || fail "$problems"
  warnings "$todo"
  part "$todo" note | sed -n 's/^\(.*\) departs$/departs \1/p'
  warn_of_managers
  { part "$todo" drift | sed 's/^/drift /'; report_drift "$todo"; } | awk '!told[$0]++'
  report_reverted
  warn_of_routing IPv4 /proc/sys/net/ipv4/ip_forward iptables
  warn_of_routing IPv6 /proc/sys/net/ipv6/conf/all/forwarding ip6tables
}

warn_of_routing() {
  [ "$(cat "$2" 2>/dev/null)" = 1 ] || return 0
  # The policy that Docker sets where it has switched forwarding on.
  ! "$3" -S FORWARD 2>/dev/null | grep -q '^-P FORWARD DROP' || return 0
  run_awk "BEGIN { family = \"$1\" } $routing_warning_awk" "$before"
}
