# Whether an address of the spec is still being asked for.
# Reads: the spec and an observation. Prints: nothing. May fail: status 1 when none is.
observed && $1 == "address" && / tentative/ && !/ dadfailed/ && ($2, "address", $3) in want { waits = 1 }
END { exit !waits }
