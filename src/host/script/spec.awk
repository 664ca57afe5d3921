# In front of each program that run_awk runs: reads the spec up to "--", then the first observation up to the next "--", into variables; later
# observations are the program's own to read (observed == 2).
# Reads: the spec and one observation. Prints: nothing. May fail: never.
function problem(text) { print "problem " text }
function note(link, text) { if (!((link, text) in noted)) { noted[link, text] = 1; print "note " link " " text } }
function keep_note(n) { note(noteLink[n], noteKey[n] (noteValue[n] == "" ? "" : " " noteValue[n])) }
function place(kind, detail, parent, part) {
  split(detail, part, "/")
  return (kind == "vlan" ? "VLAN " part[1] " (" part[2] ")" : kind " " part[1] (part[2] == "" ? "" : " " part[2])) " on " parent
}
function way(via, source) { return (via == "-" ? "directly" : "via " via) (source == "-" ? "" : " from " source) }
# What a link is made as, in a record. Without the protocol of a VLAN, since Docker makes one of 802.1ad anew as 802.1Q.
function origin(kind, detail, parent, part) { split(detail, part, "/"); return parent "/" kind "/" (kind == "vlan" ? part[1] : detail) }
# By the alias, or without one by a record: Docker makes a missing VLAN link anew at boot. Records of older releases name no origin.
function made_by_us(link, now) {
  now = origin(kind[link], detail[link], parent[link])
  return made[link] == "made" || made[link] == "found" && ((link, "made", now) in uses || (link, "made", now) in theirs)
}
# A VLAN without our alias in place of one that is ours by the record: of another protocol, with another ID, on another parent. At a boot, where no
# preview has shown it, of another protocol alone, which is what Docker makes.
function is_remade(link, here) {
  here = origin(wantKind[link], wantDetail[link], nic)
  return wantKind[link] == "vlan" && kind[link] == "vlan" && made[link] == "found" && (detail[link] != wantDetail[link] || parent[link] != nic) &&
    ((link, "made", here) in uses || (link, "made", here) in theirs) && (action != "restore" || here == origin(kind[link], detail[link], parent[link]))
}
# Not one that the kernel makes, or that the spec or the record of this owner has.
function is_added(link, at) {
  return at !~ /^fe80:/ && !((link, at) in advertised) && !((link, "address", at) in want) && !((link, "address", at) in uses)
}
# Where a map of priorities leads. The kernel tells of no entry with 0, as if it had none.
function leads(map, link, direction, from) { return (link, direction, from) in map ? map[link, direction, from] : 0 }
function listed_qos(link, direction, from) {
  if (!((link, direction, from) in inQos)) { inQos[link, direction, from] = 1; qosOf[link, direction] = qosOf[link, direction] " " from }
}
# The entries of a map that are to be others, as ip takes them, or none. It only adds and changes them: one that is to go leads to 0.
function qos_words(link, direction, want, have, words, from, i, n) {
  n = split(qosOf[link, direction], from, " ")
  for (i = 1; i <= n; i++)
    if (leads(want, link, direction, from[i]) != leads(have, link, direction, from[i])) words = words " " from[i] ":" leads(want, link, direction, from[i])
  return words == "" ? "" : " " direction "-qos-map" words
}
function rest(text, words) { while (words-- > 0) sub(/^[^ ]+ /, "", text); return text }
# The metric that the kernel gives a route when none is set, as we set none. Routes to one destination stand side by side with several metrics,
# and the lowest is used.
function own_metric(to) { return index(to, ":") ? 1024 : 0 }
function by_metric(to) { return index(to, ":") ? " metric " own_metric(to) : "" }
function bare(address) { sub(/\/.*/, "", address); return address }
BEGIN { split("", noQos); split("", wantQos); split("", qos) }
$1 == "--" { observed++; next }
!observed && $1 == "owner"   { owner = $2 }
!observed && $1 == "parent"  { nic = parentOf[++parents] = $2; comes = ($3 == "declared") }
!observed && $1 == "routing" { routing = $2; group = $3 }
!observed && $1 == "vlan"    { order[++count] = $2; wantKind[$2] = $1; wantDetail[$2] = $3 "/" $4; wantMtu[$2] = $5 }
!observed && $1 == "shim"    { order[++count] = $2; wantKind[$2] = $3; wantDetail[$2] = $4; wantMtu[$2] = "-"; isShim = 1 }
!observed && $1 == "address" { wanted[++addresses] = $2 " " $3; want[$2, "address", $3] = 1 }
!observed && $1 == "route"   { wantedRoute[++routes] = $2 " " $3 " " $4 " " $5; want[$2, "route", $3] = 1 }
!observed && $1 == "sysctl"  { wantedSysctl[++sysctls] = $2 " " $3 " " $4; wantValue[$2, $3, $4] = $5 }
!observed && $1 == "qos" { wantQos[$2, $3, $4] = $5; listed_qos($2, $3, $4) }
observed == 1 && $1 == "link" {
  links[++linkCount] = $2; seen[$2] = 1; parent[$2] = $3; kind[$2] = $4; detail[$2] = $5; mtu[$2] = $6; state[$2] = $7; made[$2] = $8
  if ($4 == "vlan") taken[$3, $5] = $2
  else if ($4 == "-" && $2 != "lo") nics = nics (nics == "" ? "" : ", ") $2
  if ($4 == "ipvlan") lastIpvlan[$3] = $2
}
observed == 1 && $1 == "address" { has[$2, $1, $3] = 1; if (/ dadfailed/) failed[$2, $3] = 1; if (/ advertised/) advertised[$2, $3] = 1; found[++founds] = $2 " " $1 " " $3 }
observed == 1 && $1 == "route" && $7 == own_metric($3) "" { has[$2, $1, $3] = 1; found[++founds] = $2 " " $1 " " $3; via[$2, $3] = $4; source[$2, $3] = $5 }
# Another one is of concern only where packets take it instead of ours, or where it leads to what is on the link itself.
observed == 1 && $1 == "route" && $7 != own_metric($3) "" && ($6 == "kernel" || $7 + 0 < own_metric($3)) && $7 !~ /tos/ { before[$3] = $2 " with metric " $7 }
observed == 1 && $1 == "sysctl"  { value[$2, $3, $4] = $5 }
observed && $1 == "qos" { listed_qos($2, $3, $4) }
observed == 1 && $1 == "qos" { qos[$2, $3, $4] = $5 }
observed == 1 && $1 == "note" && $2 == owner { notes++; noteLink[notes] = $3; noteKey[notes] = $4; noteValue[notes] = $5 ($4 == "routing" && NF > 5 ? " " $6 : ""); uses[$3, $4, $5] = 1; if ($4 == "made") recorded[$3] = 1 }
observed == 1 && $1 == "note" && $2 != owner { theirs[$3, $4, $5] = 1; if ($4 == "used") others[$3] = 1; if ($4 == "made") recorded[$3] = 1 }
observed == 1 && $1 == "port" { port[$2] = $3 }
observed == 1 && $1 == "child" { outside[$2] = outside[$2] (outside[$2] == "" ? "" : ", ") $4 " " $3 " in another network namespace" }
observed == 1 && $1 == "arrival" { arrival = $2; arrivalVia = $3 }
# A route over a link of the spec that only its maker brings back: the kernel does so with addresses, a router with RAs.
function is_restorable() { return ($2 in wantKind || ($2, "used", "") in uses) && $6 !~ /^(kernel|ra|redirect)$/ }
