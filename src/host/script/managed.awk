# Which VLANs of a spec a network manager is to make at a boot: those that its owner has made.
# Reads: a spec, a line "--", its owner's record. Prints: "LINK ID PROTOCOL MTU-or-dash". May fail: never.
$1 == "--" { recorded = 1; next }
!recorded && $1 == "vlan" { order[++count] = $2 " " $3 " " $4 " " $5 }
recorded && $2 == "made" { made[$1] = 1 }
END { for (n = 1; n <= count; n++) { split(order[n], word, " "); if (word[1] in made) print order[n] } }
