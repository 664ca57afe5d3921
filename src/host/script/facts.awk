# The lines of an observation that a rollback must bring back.
# Reads: the spec and an observation. Prints: those lines. May fail: never.
function is_concerned(link) { return link in wantKind || link == nic || (link, "used", "") in uses }
# Without the word about the alias: one that came back to a link of ours stays there.
observed && $1 == "link" && is_concerned($2) { print $1, $2, $3, $4, $5, $6, $7 }
observed && $1 == "qos" && is_concerned($2)
observed && $1 == "address" && is_concerned($2) && $3 !~ /^fe80:/ { print $1, $2, $3 }
observed && ($1 == "sysctl" || $1 == "route" && is_restorable())
