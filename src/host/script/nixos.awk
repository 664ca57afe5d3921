# The links of a spec as options of NixOS.
# Reads: the spec. Prints: lines of Nix; a comment for a link that no option makes. May fail: never.
function family(cidr) { return index(cidr, ":") ? "ipv6" : "ipv4" }
function block(cidr, half) { split(cidr, half, "/"); return "address = \"" half[1] "\"; prefixLength = " half[2] ";" }
function add(key, link, cidr, more) { list[link, key, family(cidr)] = list[link, key, family(cidr)] " { " block(cidr) more " }" }
function show(link, key, name) { if ((link, key, name) in list) print "  " name "." key " = [" list[link, key, name] " ];" }
END {
  for (n = 1; n <= addresses; n++) { split(wanted[n], word, " "); add("addresses", word[1], word[2]) }
  for (n = 1; n <= routes; n++) {
    split(wantedRoute[n], word, " ")
    add("routes", word[1], word[2], (word[3] == "-" ? "" : " via = \"" word[3] "\";") (word[4] == "-" ? "" : " options.src = \"" word[4] "\";"))
  }
  for (n = 1; n <= count; n++) {
    link = order[n]; split(wantDetail[link], part, "/")
    if (wantKind[link] == "vlan" && part[2] == "802.1Q") print "networking.vlans.\"" link "\" = { id = " part[1] "; interface = \"" nic "\"; };"
    else if (wantKind[link] == "macvlan" && part[2] == "") print "networking.macvlans.\"" link "\" = { interface = \"" nic "\"; mode = \"" part[1] "\"; };"
    else { print "# no option makes " link ", " place(wantKind[link], wantDetail[link], nic); without[link] = 1; continue }
    maps = qos_words(link, "egress", wantQos, noQos) qos_words(link, "ingress", wantQos, noQos)
    if (maps != "") print "# no option gives " link " its" maps
    print "networking.interfaces.\"" link "\" = {"
    print "  useDHCP = false;"
    if (wantMtu[link] != "-") print "  mtu = " wantMtu[link] ";"
    for (at = 4; at <= 6; at += 2) { show(link, "addresses", "ipv" at); show(link, "routes", "ipv" at) }
    print "};"
  }
  for (n = 1; n <= sysctls; n++) {
    split(wantedSysctl[n], word, " ")
    if (word[1] in without) continue
    # A dot in the name of a link is a slash there.
    link = word[1]; gsub(/[.]/, "/", link)
    print "boot.kernel.sysctl.\"net." word[2] ".conf." link "." word[3] "\" = " wantValue[word[1], word[2], word[3]] ";"
  }
}
