# What an owner's record names, as a spec: the links that remove takes away, or of which sweep does.
# Reads: a record; owner, action. Prints: "owner OWNER", "parent LINK" for each link that is only their parent, "vlan LINK - - -". May fail: never.
!($1 in known) { known[$1] = 1; order[++count] = $1 }
$2 == "used" { used[$1] = 1 }
$2 == "departs" { departs[$1] = 1 }
END {
  print "owner " owner
  for (n = 1; n <= count; n++) if (!(order[n] in used)) print "parent " order[n]
  for (n = 1; n <= count; n++) if (order[n] in used && (action == "remove" || order[n] in departs)) print "vlan " order[n] " - - -"
}
