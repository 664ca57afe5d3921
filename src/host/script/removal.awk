# What to take away: only what the record holds, and nothing that another owner uses.
# Reads: the spec and an observation (spec.awk). Prints: steps, and as "note LINK TEXT" what stays of the record. May fail: never.
function ends(link) { return link in wantKind }
# Whether anything but us uses a link: what is up on it, here or out of another namespace, a bridge, our own way in, addresses and routes.
function is_used(link, i, part) {
  if (link == arrival || link in port || outside[link] != "") return 1
  for (i = 1; i <= linkCount; i++)
    # The two ends of a veth name each other.
    if (parent[links[i]] == link && parent[link] != links[i] && state[links[i]] == "up" && !(links[i] in deleted) && !(links[i] in lowered)) return 1
  for (i = 1; i <= founds; i++) {
    split(found[i], part, " ")
    if (part[1] == link && part[2] == "address" && part[3] !~ /^fe80:/ && !is_ours(link, "address", part[3]) && !((link, part[3]) in advertised) && !((link, "had", part[3]) in uses)) return 1
  }
  for (i = 1; i <= overs; i++) {
    split(over[i], part, " ")
    if (part[1] == link && !(is_ours(link, "route", part[2]) && part[3] == own_metric(part[2]) "")) return 1
  }
  return 0
}
function is_ours(link, key, thing) { return (link, key, thing) in uses || (link, key, thing) in theirs }
observed == 1 && $1 == "route" && $6 !~ /^(kernel|ra|redirect)$/ { over[++overs] = $2 " " $3 " " $7 }
END {
  for (n = 1; n <= count; n++) {
    link = order[n]
    if ((link, "used", "") in uses && link in seen && made_by_us(link) && !(link in others)) { deleted[link] = 1; print "do link del dev " link }
  }
  for (n = 1; n <= count; n++) if (!(order[n] in deleted)) lower(order[n])
  # A parent that was down when we came goes down again once none of its links is used any more, unless another owner has to see to that.
  for (m = 1; m <= parents; m++) {
    nic = parentOf[m]; isEnded = (nic, "down", "") in uses
    for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && !ends(noteLink[n]) && parent[noteLink[n]] == nic) isEnded = 0
    for (link in others) if (parent[link] == nic) isEnded = 0
    if (isEnded) lower(nic)
    if (isEnded || (nic, "down", "") in theirs) ended[nic] = 1
  }
  for (n = 1; n <= count; n++) if (order[n] in deleted) refuse_link(order[n], "is to be removed")
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if ((ends(link) || link in ended) && !(link in deleted) && (link, key, thing) in has && !((link, key, thing) in theirs)) goes[link, key, thing] = 1
  }
  refuse_going()
  for (turn = 1; turn <= 2; turn++) for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if (!ends(link) && !(link in ended)) { if (turn == 2) keep_note(n); continue }
    if (link in deleted || !(link in seen) || (turn == 1) != (key == "route")) continue
    if ((key == "address" || key == "route") && (link, key, thing) in has && !((link, key, thing) in theirs))
      print "do " (key == "route" ? "route" : "addr") " del " thing " dev " link (key == "route" ? by_metric(thing) : "")
    if (key == "down" && link in lowered) print "do link set dev " link " down"
  }
}
function lower(link) { if (link in seen && (link, "down", "") in uses && !(link in others) && !is_used(link)) lowered[link] = 1 }
