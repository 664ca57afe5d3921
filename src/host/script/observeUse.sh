# What uses the links that askedLinks.awk names, beyond what observe prints:
#   child LINK NAME KIND   a link in another network namespace that sits on it
#   route NIC ...          as observe prints routes
#   arrival LINK GATEWAY   the link by which this host reaches where we are connected from
#   way LINK CIDR METRIC WORDS-FOR-IP    with $guarded: a route that a program or a person made, over one of the links of cutOff.awk
# Reads: $spec, $peer, $guarded, the kernel's links, routes and network namespaces; argument: the facts of observe. Prints: facts. May fail: when routes
# cannot be read. A namespace that cannot be entered is not in view.
observe_use() {
  asked=$(run_awk "$leaving_awk$asked_links_awk" "$1") || return 1
  if [ -n "$asked" ]; then
    below=$(part "$asked" children)
    # Each other network namespace is entered for it.
    [ -z "$below" ] || observe_children "$below"
    over=$(part "$asked" routes | sed 's/^/vlan /')
    [ -z "$over" ] || observe_routes "$over" || return 1
  fi
  if [ -n "$guarded" ]; then
    observe_way "$1"
  else
    case $asked in *arrival*) observe_arrival ;; esac
  fi
}

observe_arrival() { peer_route | awk '{ print "arrival", $2, $3 }'; }

# With the routes that the kernel may take away together with an address or a link that this host is reached over.
observe_way() {
  arrival=$(observe_arrival)
  [ -z "$arrival" ] || printf '%s\n' "$arrival"
  over=$(run_awk "$subnet_awk$cut_off_awk$way_links_awk" "$1
$arrival" | sed 's/^/vlan /')
  [ -n "$over" ] || return 0
  over=$(observe_routes "$over") || { printf '%s\n' "$over"; return 1; }
  printf '%s\n' "$over" | awk '$1 == "route" && $6 !~ /^(kernel|ra|redirect)$/ { $1 = "way"; $4 = $7; $5 = $6 = $7 = ""; gsub(/ +/, " "); print }'
}

observe_children() {
  {
    printf '%s\n' "$1" | while read -r link; do read -r index <"/sys/class/net/$link/ifindex" && echo "$link $index"; done
    echo --
    namespaces | while read -r namespace; do nsenter --net="$namespace" ip -o -d link show </dev/null 2>/dev/null; done
  } | awk "$observe_children_awk"
}

# A file of each network namespace but ours: of its processes, or where it is mounted. The inode tells one from the other.
namespaces() {
  set +f
  # shellcheck disable=SC2046 # One word a mount.
  { ls -iL /proc/self/ns/net; ls -iL /proc/[0-9]*/ns/net $(awk '$4 ~ /^net:/ && $5 !~ /\\/ { print $5 }' /proc/self/mountinfo); } 2>/dev/null |
    awk '!known[$1]++ && NR > 1 { print $2 }'
}
