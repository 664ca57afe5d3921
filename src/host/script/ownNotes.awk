# Reads: an observation; owner. Prints: the record of that owner as it was. May fail: never.
$1 == "note" && $2 == owner { sub(/^note [^ ]+ /, ""); print }
