# The steps that lead from the second observation back to the first, for the links of the spec and their parent. What another owner has
# come to use in between stays. With guarded, what the links of cutOff.awk have lost comes back as well.
# Reads: the spec and two observations; guarded. Prints: steps. May fail: never.
function is_ours(link) { return link in wantKind || link == nic || is_noted(link) }
function is_noted(link) { return (link, "used", "") in uses }
observed && $1 == "route" && is_restorable() {
  key = $2 SUBSEP $3 SUBSEP $7
  if (observed == 1) { wordsOf[key] = rest($0, 7); routeKey[++routesBefore] = key }
  else { wordsNow[key] = rest($0, 7); routeNow[++routesNow] = key }
}
observed == 2 && $1 == "link" && is_ours($2) { linkNow[++linksNow] = $2 }
observed == 2 && $1 == "link" { parentNow[$2] = $3; detailNow[$2] = $5; mtuNow[$2] = $6; stateNow[$2] = $7 }
observed && $1 == "way" {
  key = $2 SUBSEP $3 SUBSEP $4
  if (observed == 1) { wayWords[key] = rest($0, 4); wayKey[++ways] = key } else wayNow[key] = rest($0, 4)
}
observed == 2 && $1 == "sysctl" && $2 in seen && $5 != value[$2, $3, $4] { setting[++settings] = "set " $3 " " $2 " " $4 " " value[$2, $3, $4] }
observed == 2 && $1 == "qos" { qosNow[$2, $3, $4] = $5 }
# Link-local addresses come and go with the link itself.
observed == 2 && $1 == "address" && $3 !~ /^fe80:/ { now[$2, $3] = 1; present[++presents] = $2 " " $3 }
observed == 2 && $1 == "note" && $2 != owner && !(($3, $4, $5) in theirs) { kept[$3] = 1; kept[$3, $4, $5] = 1 }
# What was made anew or became another link, see plan.awk.
function make_again(link, part) {
  gone[link] = 1; split(detail[link], part, "/")
  print "do link add link " parent[link] " name " link " type " kind[link] (kind[link] == "vlan" ? " protocol " part[2] " id " part[1] qos_words(link, "egress", qos, noQos) qos_words(link, "ingress", qos, noQos) : " mode " part[1] (part[2] == "" ? "" : " " part[2]))
  if (made[link] == "made") print "do link set dev " link " alias vlan-trunk"
  print "do link set dev " link " mtu " mtu[link]
  print "do link set dev " link " " state[link]
}
function set_qos_back(link, direction, words) {
  words = qos_words(link, direction, qos, qosNow)
  if (words != "") print "do link set dev " link " type vlan" words
}
function set_back(link) {
  set_qos_back(link, "egress"); set_qos_back(link, "ingress")
  if (mtuNow[link] != mtu[link]) print "do link set dev " link " mtu " mtu[link]
  if (stateNow[link] != state[link] && !(state[link] == "down" && link in carries)) print "do link set dev " link " " state[link]
}
function must_return(link) { return is_ours(link) || guarded && is_guarded(link) }
function is_another(link) { return is_ours(link) && link in detailNow && (detailNow[link] != detail[link] || parentNow[link] != parent[link]) }
BEGIN { split("", qosNow) }
END {
  # What another owner put on a link of ours in between needs it up.
  for (link in kept) if (link in parentNow) carries[parentNow[link]] = 1
  # First what is in the way of those.
  for (n = 1; n <= linksNow; n++) {
    link = linkNow[n]
    if (!(link in seen) && !(link in kept)) { gone[link] = 1; print "do link del dev " link }
    else if (link in seen && is_another(link)) print "do link del dev " link
  }
  for (n = 1; n <= linkCount; n++) {
    link = links[n]
    if (kind[link] != "-" && (link in wantKind || is_noted(link)) && (!(link in parentNow) || is_another(link))) make_again(link)
  }
  for (n = 1; n <= linksNow; n++) {
    link = linkNow[n]
    if (link in seen && !is_another(link)) set_back(link)
  }
  for (n = 1; n <= linkCount; n++) if (!is_ours(links[n]) && must_return(links[n]) && links[n] in parentNow) set_back(links[n])
  for (n = 1; n <= settings; n++) print setting[n]
  for (n = 1; n <= routesNow; n++) {
    split(routeNow[n], word, SUBSEP)
    if (!(word[1] in gone) && !(routeNow[n] in wordsOf) && !((word[1], "route", word[2]) in kept))
      print "do route del " word[2] " dev " word[1] (word[3] + 0 ? " metric " word[3] + 0 : "")
  }
  for (n = 1; n <= presents; n++) {
    split(present[n], word, " ")
    if (is_ours(word[1]) && !(word[1] in gone) && !((word[1], "address", word[2]) in has) && !((word[1], "address", word[2]) in kept))
      print "do addr del " word[2] " dev " word[1]
  }
  for (n = 1; n <= founds; n++) {
    split(found[n], word, " ")
    if (word[2] == "address" && must_return(word[1]) && word[3] !~ /^fe80:/ && (word[1] in gone || !((word[1], word[3]) in now))) print "do addr add " word[3] " dev " word[1]
  }
  for (n = 1; n <= routesBefore; n++) {
    split(routeKey[n], word, SUBSEP)
    if (word[1] in gone || wordsOf[routeKey[n]] != wordsNow[routeKey[n]]) print "do route replace " wordsOf[routeKey[n]]
  }
  for (n = 1; n <= ways; n++) if (wayWords[wayKey[n]] != wayNow[wayKey[n]]) print "do route replace " wayWords[wayKey[n]]
}
