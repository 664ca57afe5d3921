# What sits on links of this host from within other network namespaces, as the links of containers do. ip names the lower link by its index there.
# Reads: "LINK INDEX" of each link, a line "--", `ip -o -d link show` of the other namespaces. Prints: "child LINK NAME KIND". May fail: never.
$1 == "--" { listed = 1; next }
!listed { link[$2] = $1; next }
# A veth names its other end in the same way, and does not sit on it.
match($2, /@if[0-9]+:$/) && / link-netns(id)? / {
  lower = substr($2, RSTART + 3, RLENGTH - 4)
  if (lower in link && match($0, /[\\]    (vlan|macvlan|macvtap|ipvlan|ipvtap|macsec) /)) {
    split(substr($0, RSTART + 1, RLENGTH - 1), word, " ")
    sub(/@.*/, "", $2)
    print "child", link[lower], $2, word[1]
  }
}
