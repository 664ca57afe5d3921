# The links on which forwarding was switched on, and is needed no more.
# Reads: the record as it will be, a line "--", an observation, a line "--", the record as it was; owner. Prints: "LINK FAMILY/KEY". May fail: never.
$1 == "--" { listed++; next }
listed == 1 && $1 == "note" && $2 != owner && $4 == "forwards" { stays[$3, $5] = 1 }
listed == 1 || $2 != "forwards" { next }
!listed { stays[$1, $3] = 1 }
listed && !(($1, $3) in stays) { print $1, $3 }
