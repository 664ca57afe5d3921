# A host that forwards is a router between its VLANs, for every machine that takes one of its addresses there as a gateway.
# Reads: the spec and an observation; family: IPv4 or IPv6. Prints: one warning, or nothing. May fail: never.
# The link by which frames of a VLAN come: also of a shim, whose parent may not be there yet.
function vlan_of(link, here) {
  here = (link in wantKind ? wantKind[link] : kind[link])
  if (here == "vlan") return link
  if (link in wantKind) return kind[nic] == "vlan" || comes && !(nic in seen) ? nic : ""
  return here ~ /^(macvlan|ipvlan)$/ && made_by_us(link) && kind[parent[link]] == "vlan" ? parent[link] : ""
}
function counts(link, address) {
  if (vlan_of(link) == "" || (index(address, ":") > 0) != (family == "IPv6") || address ~ /^(fe80:|169[.]254[.])/ || vlan_of(link) in counted || (link, "routing", "isolated") in theirs) return 0
  counted[vlan_of(link)] = 1; names = names (names == "" ? "" : ", ") link
  return 1
}
END {
  if (routing != "") exit
  for (n = 1; n <= addresses; n++) { split(wanted[n], word, " "); declared += counts(word[1], word[2]) }
  all = declared
  for (n = 1; n <= founds; n++) { split(found[n], word, " "); if (word[2] == "address") all += counts(word[1], word[3]) }
  if (declared > 0 && all > 1) print "warning: the host forwards " family " and has addresses on " names ": it is a router between these VLANs, unless a firewall holds that back"
}
