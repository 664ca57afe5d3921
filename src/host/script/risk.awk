# Which steps of a plan may cut the host off: those on addresses and routes, those that take links away that this host itself uses, those on the parent,
# and those on links that were there before and have addresses, also on what sits on them.
# Reads: the spec, an observation, and the plan for both; cutOff.awk. Prints: those steps. May fail: never.
observed == 1 && $1 == "link" { above[$3] = 1 }
observed == 1 && $1 == "route" { leadsOver[$2] = 1 }
# Whoever has come by a link-local address is on a link that it does not name.
function is_idle(link, i, part) {
  if (!(link in observedLink) || link in above || link in port || link in leadsOver || peer ~ /^fe80:/ || is_way(link)) return 0
  for (i = 1; i <= founds; i++) { split(found[i], part, " "); if (part[1] == link && part[2] == "address" && part[3] !~ /^fe80:/) return 0 }
  return 1
}
observed != 2 || ($1 != "make" && $1 != "do") { next }
$2 == "link" && $3 == "add" { isNew[$7] = 1; if ($5 in port) print; next }
$2 == "addr" || $2 == "route" { print; next }
$3 == "del" { if (!is_idle($5)) print; next }
$3 == "set" && $5 == nic { print; next }
$3 == "set" && !/ alias / && !($5 in isNew) {
  if (!risksKnown++) for (i = 1; i <= founds; i++) { split(found[i], part, " "); if (part[2] == "address" && part[3] !~ /^fe80:/) add_below(part[1], carrying) }
  if ($5 in carrying) print
}
