# In front of plan.awk and askedLinks.awk: which of our links become others, by their name, ID, protocol or parent. The engine has deleted by then
# what the program had on them (linkIdentity.ts).
# Reads: the variables of spec.awk. Prints: nothing. May fail: never.
function mark_leaving(n, link, part, wantId) {
  for (n = 1; n <= count; n++) { split(wantDetail[order[n]], part, "/"); wantId[part[1]] = 1 }
  for (n = 1; n <= notes; n++) {
    link = noteLink[n]; split(detail[link], part, "/")
    if (noteKey[n] != "used" || !(link in seen) || !made_by_us(link) || link in others) continue
    # Not one that another program made anew in place of ours.
    if (link in wantKind && is_remade(link)) continue
    if (link in wantKind && kind[link] == wantKind[link] && detail[link] == wantDetail[link] && parent[link] == nic) continue
    if (!isShim && !(link in wantKind) && !(kind[link] == "vlan" && part[1] in wantId)) continue
    leaves[link] = 1
  }
}
