# Which VLANs of a spec a network manager is to make at a boot: those that its owner has made. The spec may be a kept one that was not checked.
# Reads: a spec, a line "--", its owner's record. Prints: "LINK ID PROTOCOL MTU-or-dash PARENT". May fail: never.
function is_link(word) { return word ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ }
$1 == "--" { recorded = 1; next }
!recorded && $1 == "parent" && is_link($2) { nic = $2 }
!recorded && $1 == "vlan" && is_link($2) && $3 ~ /^[0-9]+$/ && $4 ~ /^802[.]1(Q|ad)$/ && $5 ~ /^([0-9]+|-)$/ { order[++count] = $2; rest[$2] = $3 " " $4 " " $5 }
recorded && $2 == "made" { made[$1] = 1 }
END { if (nic != "") for (n = 1; n <= count; n++) if (order[n] in made) print order[n], rest[order[n]], nic }
