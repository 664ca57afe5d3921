# The steps that give routes of others back which are in the first observation only: the kernel takes all of IPv4 from a link with its last
# address, and with an address what has it as a source.
# Reads: the spec and two observations. Prints: steps. May fail: never.
observed && $1 == "route" && is_restorable() {
  key = $2 SUBSEP $3 SUBSEP $7
  if (observed == 1) { wordsOf[key] = rest($0, 7); routeKey[++routesBefore] = key } else now[key] = 1
}
observed == 2 && $1 == "link" { still[$2] = 1 }
END {
  for (n = 1; n <= routesBefore; n++) {
    split(routeKey[n], word, SUBSEP)
    isOurs = (word[1], "route", word[2]) in uses && !((word[1], "route", word[2]) in theirs) && word[3] == own_metric(word[2]) ""
    if (word[1] in still && !isOurs && !(routeKey[n] in now)) print "do route replace " wordsOf[routeKey[n]]
  }
}
