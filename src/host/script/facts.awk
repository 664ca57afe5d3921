# The lines of an observation that a rollback must bring back.
# Reads: the spec and an observation. Prints: those lines. May fail: never.
observed && $1 == "link" && ($2 in wantKind || $2 == nic)
observed && $1 == "address" && ($2 in wantKind || $2 == nic) && $3 !~ /^fe80:/ { print $1, $2, $3 }
observed && ($1 == "sysctl" || $1 == "route" && is_restorable())
