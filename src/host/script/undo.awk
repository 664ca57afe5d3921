# The steps that lead from the second observation back to the first, for the links of the spec and their parent.
# Reads: the spec and two observations. Prints: steps. May fail: never.
observed && $1 == "route" && is_restorable() { words = $0; sub(/^([^ ]+ ){6}/, "", words); if (observed == 1) wordsOf[$2, $3] = words; else wordsNow[$2, $3] = words }
observed == 2 && $1 == "link" && ($2 in wantKind || $2 == nic) {
  if (!($2 in seen)) { gone[$2] = 1; print "do link del dev " $2; next }
  if ($6 != mtu[$2]) print "do link set dev " $2 " mtu " mtu[$2]
  if ($7 != state[$2]) print "do link set dev " $2 " " state[$2]
}
observed == 2 && $1 == "sysctl" && $2 in seen && $5 != value[$2, $3, $4] { print "set " $3 " " $2 " " $4 " " value[$2, $3, $4] }
# Link-local addresses come and go with the link itself.
observed == 2 && $1 == "address" && $3 !~ /^fe80:/ { now[$2, "address", $3] = 1; present[++presents] = $2 " " $3 }
END {
  for (key in wordsNow) {
    split(key, word, SUBSEP)
    if (!(word[1] in gone) && !(key in wordsOf)) print "do route del " word[2] " dev " word[1]
  }
  for (n = 1; n <= presents; n++) {
    split(present[n], word, " ")
    if ((word[1] in wantKind || word[1] == nic) && !(word[1] in gone) && !((word[1], "address", word[2]) in has)) print "do addr del " word[2] " dev " word[1]
  }
  for (key in has) {
    split(key, word, SUBSEP)
    if (word[2] == "address" && (word[1] in wantKind || word[1] == nic) && word[3] !~ /^fe80:/ && !(key in now)) print "do addr add " word[3] " dev " word[1]
  }
  for (key in wordsOf) if (wordsOf[key] != wordsNow[key]) print "do route replace " wordsOf[key]
}
