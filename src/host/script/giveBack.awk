# The steps that give routes of others back which are in the first observation only: the kernel takes all of IPv4 from a link with its last
# address, and with an address what has it as a source.
# Reads: the spec and two observations. Prints: steps. May fail: never.
observed && $1 == "route" && is_restorable() { words = $0; sub(/^([^ ]+ ){6}/, "", words); if (observed == 1) wordsOf[$2, $3] = words; else now[$2, $3] = 1 }
observed == 2 && $1 == "link" { still[$2] = 1 }
END {
  for (key in wordsOf) {
    split(key, word, SUBSEP)
    isOurs = (word[1], "route", word[2]) in uses && !((word[1], "route", word[2]) in theirs)
    if (word[1] in still && !isOurs && !(key in now)) print "do route replace " wordsOf[key]
  }
}
