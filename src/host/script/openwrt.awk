# The links of a spec as sections of OpenWrt's /etc/config/network.
# Reads: the spec. Prints: lines of UCI; a comment for what netifd does not make, and for what goes into another file. May fail: never.
function option(name, value) { print "  option " name " '" value "'" }
function list_qos(link, direction, i, n, from) {
  n = split(qosOf[link, direction], from, " ")
  for (i = 1; i <= n; i++) print "  list " direction "_qos_mapping '" from[i] ":" wantQos[link, direction, from[i]] "'"
}
function section(link) { gsub(/[^A-Za-z0-9]/, "_", link); return link }
END {
  for (n = 1; n <= addresses; n++) { split(wanted[n], word, " "); list[word[1]] = list[word[1]] " " word[2] }
  for (n = 1; n <= count; n++) {
    link = order[n]; split(wantDetail[link], part, "/")
    if (wantKind[link] != "vlan" && !(wantKind[link] == "macvlan" && part[2] == "")) {
      print "# netifd does not make " link ", " place(wantKind[link], wantDetail[link], nic); without[link] = 1; continue
    }
    print "config device"
    option("name", link)
    option("type", wantKind[link] == "macvlan" ? "macvlan" : part[2] == "802.1ad" ? "8021ad" : "8021q")
    option("ifname", nic)
    option(wantKind[link] == "macvlan" ? "mode" : "vid", part[1])
    list_qos(link, "ingress"); list_qos(link, "egress")
    if (wantMtu[link] != "-") option("mtu", wantMtu[link])
    print "config interface '" section(link) "'"
    option("device", link)
    option("proto", link in list ? "static" : "none")
    many = split(list[link], cidr, " ")
    for (at = 1; at <= many; at++) print "  list " (index(cidr[at], ":") ? "ip6addr" : "ipaddr") " '" cidr[at] "'"
  }
  for (n = 1; n <= routes; n++) {
    split(wantedRoute[n], word, " ")
    if (word[1] in without) continue
    print "config route" (index(word[2], ":") ? "6" : "")
    option("interface", section(word[1]))
    option("target", word[2])
    if (word[3] != "-") option("gateway", word[3])
    if (word[4] != "-") option("source", word[4])
  }
  for (n = 1; n <= sysctls; n++) {
    split(wantedSysctl[n], word, " ")
    if (word[1] in without) continue
    link = word[1]; gsub(/[.]/, "/", link)
    print "# in /etc/sysctl.conf: net." word[2] ".conf." link "." word[3] "=" wantValue[word[1], word[2], word[3]]
  }
}
