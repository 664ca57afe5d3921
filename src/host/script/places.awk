# Which links of an owner Docker would miss when it starts: VLANs that are not there, except those that Docker makes, which are eth0.50 but not
# eth0.100.50 (moby, parseVlan).
# Reads: the owner's record; present: names of links, a space before and behind each. Prints: names. May fail: never.
function is_here(link) { return index(present, " " link " ") }
$2 == "made" && split($3, origin, "/") == 3 && origin[2] == "vlan" && !is_here($1) {
  if (!is_here(origin[1]) || origin[1] ~ /[.]/ || $1 != origin[1] "." origin[3]) print $1
}
