# Of what more must be observed than is in view: what uses a link that may be set down, what sits on one that is made anew or becomes another one,
# and by which link this host is reached where a change could cut it off (cutOff.awk).
# Reads: the spec and an observation (spec.awk); action. Prints: "children LINK", "routes LINK", "arrival". May fail: never.
END {
  if (action == "apply" || action == "restore") mark_leaving()
  for (n = 1; n <= count; n++) if (order[n] in seen && (lowers(order[n]) || is_remade(order[n]) || order[n] in leaves)) print "children " order[n]
  for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && noteLink[n] in leaves && !(noteLink[n] in wantKind)) print "children " noteLink[n]
  for (n = 1; n <= parents; n++) if (parentOf[n] in seen && lowers(parentOf[n])) { print "children " parentOf[n]; print "routes " parentOf[n] }
  if (may_cut()) print "arrival"
}
# Whether anything is taken away or comes that may lead packets elsewhere; more than a few words of ip are not worth a closer look.
function may_cut(n, link, part) {
  if (action == "remove" || action == "sweep") return notes > 0
  if (action != "apply" && action != "check") return 0
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]
    if (noteKey[n] == "used" && !(link in wantKind)) return 1
    if ((noteKey[n] == "address" || noteKey[n] == "route") && !((link, noteKey[n], noteValue[n]) in want)) return 1
  }
  for (n = 1; n <= count; n++) {
    link = order[n]
    if (!(link in seen)) { if (nic in port) return 1; continue }
    if (detail[link] != wantDetail[link] || parent[link] != nic || mtu[link] != (wantMtu[link] == "-" ? mtu[nic] : wantMtu[link])) return 1
    if (qos_words(link, "egress", wantQos, qos) qos_words(link, "ingress", wantQos, qos) != "") return 1
  }
  for (n = 1; n <= addresses; n++) { split(wanted[n], part, " "); if (!((part[1], "address", part[2]) in has)) return 1 }
  for (n = 1; n <= routes; n++) {
    split(wantedRoute[n], part, " ")
    if (!((part[1], "route", part[2]) in has) || via[part[1], part[2]] != part[3]) return 1
  }
  return 0
}
function lowers(link) { return (action == "remove" || action == "sweep") && (link, "down", "") in uses }
