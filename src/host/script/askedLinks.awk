# The links of which more must be observed than is in view: what uses a link that may be set down, and what sits on one that is made anew or
# becomes another one.
# Reads: the spec and an observation (spec.awk); action. Prints: "children LINK", "routes LINK". May fail: never.
END {
  if (action == "apply" || action == "restore") mark_leaving()
  for (n = 1; n <= count; n++) if (order[n] in seen && (lowers(order[n]) || is_remade(order[n]) || order[n] in leaves)) print "children " order[n]
  for (n = 1; n <= notes; n++) if (noteKey[n] == "used" && noteLink[n] in leaves && !(noteLink[n] in wantKind)) print "children " noteLink[n]
  for (n = 1; n <= parents; n++) if (parentOf[n] in seen && lowers(parentOf[n])) { print "children " parentOf[n]; print "routes " parentOf[n] }
}
function lowers(link) { return (action == "remove" || action == "sweep") && (link, "down", "") in uses }
