# What must be on the host before the links of a spec are made at boot.
# Reads: a spec, a line "--", its owner's record. Prints: "- LINK MTU" for the parent, "~ LINK MTU" for one that the program or Docker makes, and
# "+ LINK 0" for each link of others that is used. May fail: never.
$1 == "--" { recorded = 1; next }
!recorded && $1 == "parent" { parent = $2; mark = $3 == "declared" ? "~" : "-" }
!recorded && $1 == "vlan" && $5 + 0 > mtu { mtu = $5 + 0 }
!recorded && ($1 == "vlan" || $1 == "shim") { order[++count] = $2 }
recorded && $2 == "used" { used[$1] = 1 }
recorded && $2 == "made" { made[$1] = 1 }
END {
  # Without one it is no spec of ours, and restore says so.
  if (parent != "") print mark, parent, mtu + 0
  for (n = 1; n <= count; n++) if (order[n] in used && !(order[n] in made)) print "+", order[n], 0
}
