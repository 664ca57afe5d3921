# What uses the links that askedLinks.awk names, beyond what observe prints:
#   child LINK NAME KIND   a link in another network namespace that sits on it
#   route NIC ...          as observe prints routes
#   arrival LINK           the link by which this host reaches where we are connected from
# Reads: $spec, $peer, the kernel's links, routes and network namespaces; argument: the facts of observe. Prints: facts. May fail: when routes
# cannot be read. A namespace that cannot be entered is not in view.
observe_use() {
  asked=$(run_awk "$leaving_awk$asked_links_awk" "$1") || return 1
  [ -n "$asked" ] || return 0
  observe_children "$(part "$asked" children)"
  over=$(part "$asked" routes | sed 's/^/vlan /')
  [ -n "$over" ] || return 0
  observe_all_routes "$over" || return 1
  [ -z "$peer" ] || ip -o route get "$peer" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/arrival \1/p'
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
