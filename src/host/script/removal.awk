# What to take away: only what the record holds, and nothing that another owner uses.
# Reads: the spec and an observation (spec.awk). Prints: steps, and as "note LINK TEXT" what stays of the record. May fail: never.
function ends(link) { return link in wantKind }
END {
  for (n = 1; n <= count; n++) {
    link = order[n]
    if ((link, "used", "") in uses && link in seen && made_by_us(link) && !(link in others)) { deleted[link] = 1; print "do link del dev " link }
  }
  # A parent that was down when we came goes down again once none of its links is used any more.
  idle = (nic, "down", "") in uses
  for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && !ends(noteLink[n]) && parent[noteLink[n]] == nic) idle = 0
  for (link in others) if (parent[link] == nic) idle = 0
  for (turn = 1; turn <= 2; turn++) for (n = 1; n <= notes; n++) {
    link = noteLink[n]; key = noteKey[n]; thing = noteValue[n]
    if (!ends(link) && !(idle && link == nic)) { if (turn == 2) keep_note(n); continue }
    if (link in deleted || !(link in seen) || (turn == 1) != (key == "route")) continue
    if ((key == "address" || key == "route") && (link, key, thing) in has && !((link, key, thing) in theirs))
      print "do " (key == "route" ? "route" : "addr") " del " thing " dev " link (key == "route" ? by_metric(thing) : "")
    if (key == "down" && !(link in others)) print "do link set dev " link " down"
  }
}
