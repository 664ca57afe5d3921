# The lines of an observation that a rollback must bring back.
# Reads: the spec and an observation. Prints: those lines. May fail: never.
# Without the word about the alias: one that came back to a link of ours stays there.
observed && $1 == "link" && ($2 in wantKind || $2 == nic) { print $1, $2, $3, $4, $5, $6, $7 }
observed && $1 == "address" && ($2 in wantKind || $2 == nic) && $3 !~ /^fe80:/ { print $1, $2, $3 }
observed && ($1 == "sysctl" || $1 == "route" && is_restorable())
