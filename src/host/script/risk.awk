# Which steps of a plan may cut the host off: those on addresses and routes, those that take links away, those on the parent, and those on links that
# were there before and have addresses, also on what sits on them.
# Reads: the spec, an observation, and the plan for both; cutOff.awk. Prints: those steps. May fail: never.
observed != 2 || ($1 != "make" && $1 != "do") { next }
$2 == "link" && $3 == "add" { isNew[$7] = 1; if ($5 in port) print; next }
$2 == "addr" || $2 == "route" || $3 == "del" { print; next }
$3 == "set" && $5 == nic { print; next }
$3 == "set" && !/ alias / && !($5 in isNew) {
  if (!risksKnown++) for (i = 1; i <= founds; i++) { split(found[i], part, " "); if (part[2] == "address" && part[3] !~ /^fe80:/) add_below(part[1], carrying) }
  if ($5 in carrying) print
}
