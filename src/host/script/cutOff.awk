# In front of plan.awk, removal.awk, risk.awk and undo.awk: what would cut the way by which this host is reached, which is the link of the route
# to where we are connected from, the link with the address that we are connected to, and all that these sit on.
# Reads: the variables of spec.awk, the functions of subnet.awk; peer and self: both ends of the connection. Prints: problems. May fail: never.
# Adds a link to a set, and all that it sits on: its parent, and the ports of a bridge or bond.
function add_below(link, set, p) {
  if (!(link in observedLink) || link in set) return
  set[link] = 1
  add_below(parent[link], set)
  for (p in port) if (port[p] == link) add_below(p, set)
}
# What was observed, since a plan takes links out of `seen`.
observed == 1 && $1 == "link" { observedLink[$2] = 1 }
observed == 1 && $1 == "address" && self != "" && bare($3) == self { ownLink = $2 }
function is_way(link) {
  if (!wayKnown++) { add_below(arrival, onWay); add_below(ownLink, onWay) }
  return link in onWay
}
function refuse(text) { problem(text ": it would be cut off. Reach it by another address first") }
function refuse_link(link, what) {
  if (is_way(link)) refuse(link " " what ", and this host is reached over it" (link == arrival || link == ownLink ? "" : ", by " (arrival == "" ? ownLink : arrival)))
}
# The next machine on the way back.
function next_hop() { return arrivalVia == "" || arrivalVia == "-" ? peer : arrivalVia }
function refuse_address(link, address) {
  if (bare(address) == self) refuse(address " on " link " is the address by which this host is reached, and is declared no more")
  else if (link == arrival && is_subnet(address) && holds(address, next_hop()) && !stays_near(link, address))
    refuse(address " on " link " is declared no more, and leads to " next_hop() ", over which this host is reached")
}
# Whether another address of the link that stays leads to the next machine too.
function stays_near(link, address, i, part) {
  for (i = 1; i <= founds; i++) {
    split(found[i], part, " ")
    if (part[1] == link && part[2] == "address" && part[3] != address && !((link, "address", part[3]) in goes) && is_subnet(part[3]) && holds(part[3], next_hop())) return 1
  }
  return 0
}
function refuse_route(link, to) {
  if (link == arrival && peer != "" && via[link, to] == arrivalVia && holds(to, peer))
    refuse("the route to " to " over " link " is declared no more, and leads to " peer ", from where this host is reached")
}
# Of the addresses and routes that go, those by which this host is reached.
function refuse_going(n, link, key, thing) {
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if (!((link, key, thing) in goes && (link, key, thing) in has)) continue
    if (key == "address") refuse_address(link, thing)
    else refuse_route(link, thing)
  }
}
# As much as each link of an IPv6 host, or each IPv4 host, has to carry (RFC 8200, RFC 791). The kernel takes IPv6 from a link below that.
function refuse_mtu(link, m, least) {
  least = index(peer, ":") ? 1280 : 576
  if (m + 0 < least && m + 0 < mtu[link] + 0) refuse_link(link, "is declared with MTU " m ", below the " least " that IPv" (least == 576 ? 4 : 6) " asks for")
}
# A VLAN on a port of a bridge or bond takes the frames of that VLAN away from the bridge.
function refuse_frames(link, i, l) {
  if (!(nic in port)) return
  for (i = 1; i <= linkCount; i++) {
    l = links[i]
    if (kind[l] != "vlan" || parent[l] != port[nic] || detail[l] != wantDetail[link] || !is_way(l)) continue
    refuse(link " on " nic " would take the frames of " l " away, which is on " port[nic] ", and this host is reached over it")
  }
}
# Packets to the gateway would stay on this host.
function refuse_gateway(link, address) {
  if (arrivalVia != "" && bare(address) == arrivalVia) refuse(address " on " link " is the gateway over which this host reaches " peer)
}
# The links that are set back as they were with a change that is armed.
function is_guarded(link) {
  if (!guardKnown++) add_below(nic, guardedOn)
  return link in guardedOn || is_way(link)
}
