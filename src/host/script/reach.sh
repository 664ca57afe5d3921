# What this host reaches before a change must be what it reaches after it: the controller by the same route, the next machine on the way to it, the
# default gateways. What did not answer before is not asked for.
# Reads: $peer and $self, both ends of our connection; the kernel's routes, ping. Prints: see the functions. May fail: never.

# Prints "route PEER LINK GATEWAY" and "machine ADDRESS LINK", one a line.
reached() {
  way=$(route_back)
  [ -z "$way" ] || printf 'route %s\n' "$way"
  {
    printf '%s\n' "$way" | awk 'NF { print ($3 == "-" ? $1 : $3), $2 }'
    for family in 4 6; do ip -"$family" -o route show default 2>/dev/null; done |
      awk '{ via = dev = ""; for (i = 1; i < NF; i++) { if ($i == "via") via = $(i + 1); if ($i == "dev") dev = $(i + 1) } if (via != "" && dev != "") print via, dev }'
  } | awk '!known[$0]++' | while read -r address link; do
    ! ping -c 1 -W 1 -I "$link" "$address" >/dev/null 2>&1 </dev/null || echo "machine $address $link"
  done
}

# From the address that we are connected to: the kernel refuses it where that is gone.
route_back() { peer_route ${self:+from "$self"}; }

peer_route() {
  [ -z "$peer" ] || ip -o route get "$peer" "$@" 2>/dev/null |
    awk -v peer="$peer" '{ via = dev = "-"; for (i = 1; i < NF; i++) { if ($i == "via") via = $(i + 1); if ($i == "dev" && dev == "-") dev = $(i + 1) } print peer, dev, via; exit }'
}

# Prints, in words, what of $works is not reached any more. Asks several times, since a link that has come up needs a moment.
lost_reach() {
  for wait in 1 1 1 0; do
    now_reached=$(reached)
    lost=$(printf '%s\n' "$works" | grep -vxF "$now_reached")
    [ -n "$lost" ] || return 0
    sleep "$wait"
  done
  printf '%s\n' "$lost" | here="$(uname -n) ($self)" awk '
    $1 == "route" { print "the way from " ENVIRON["here"] " to " $2 " over " $3 " is gone" }
    $1 == "machine" { print $2 " does not answer " ENVIRON["here"] " any more on " $3 }'
}
