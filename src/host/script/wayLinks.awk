# The links that a change must not cut: those that this host is reached over, and the parent with what it sits on.
# Reads: the spec and an observation (spec.awk), cutOff.awk. Prints: their names. May fail: never.
END { for (n = 1; n <= linkCount; n++) if (is_guarded(links[n])) print links[n] }
